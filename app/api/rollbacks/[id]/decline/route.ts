import { postDecline } from '../../../../../lib/contracts/rollback.ts'
import { declineRollback } from '../../../../../lib/engine/answer-rollback.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../lib/server/refusals.ts'

export const POST = defineRoute(postDecline, ({ deps, params, body, caller }) => declineRollback(deps, { ...params, ...body, caller }))

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST)
