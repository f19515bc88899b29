import { postApprove } from '../../../../../lib/contracts/rollback.ts'
import { approveRollback } from '../../../../../lib/engine/answer-rollback.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../lib/server/refusals.ts'

export const POST = defineRoute(postApprove, ({ deps, params, body, caller }) => approveRollback(deps, { ...params, ...body, caller }))

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST)
