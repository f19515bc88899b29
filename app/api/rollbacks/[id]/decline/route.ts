import { postDecline } from '../../../../../lib/contracts/rollback.ts'
import { declineRollback } from '../../../../../lib/engine/answer-rollback.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'

export const POST = defineRoute(postDecline, ({ deps, params, body, caller }) => declineRollback(deps, { ...params, ...body, caller }))
