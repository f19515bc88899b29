import { postAbort } from '../../../../../lib/contracts/rollback.ts'
import { abortRollback } from '../../../../../lib/engine/answer-rollback.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../lib/server/refusals.ts'

export const POST = defineRoute(postAbort, ({ deps, params, body, caller }) => abortRollback(deps, { ...params, ...body, caller }))

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST)
