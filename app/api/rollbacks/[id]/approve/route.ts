import { postApprove } from '../../../../../lib/contracts/rollback.ts'
import { approveRollback } from '../../../../../lib/engine/answer-rollback.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'

export const POST = defineRoute(postApprove, ({ deps, params, body, caller }) => approveRollback(deps, { ...params, ...body, caller }))
