import { postAbort } from '../../../../../lib/contracts/rollback.ts'
import { abortRollback } from '../../../../../lib/engine/answer-rollback.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'

export const POST = defineRoute(postAbort, ({ deps, params, body, caller }) => abortRollback(deps, { ...params, ...body, caller }))
