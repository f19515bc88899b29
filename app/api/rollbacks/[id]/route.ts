import { getRollback } from '../../../../lib/contracts/rollback.ts'
import { readRollback } from '../../../../lib/engine/read-rollback.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'

export const GET = defineRoute(getRollback, ({ deps, params }) => readRollback(deps, params))
