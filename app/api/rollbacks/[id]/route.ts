import { getRollback } from '../../../../lib/contracts/rollback.ts'
import { readRollback } from '../../../../lib/engine/read-rollback.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const GET = defineRoute(getRollback, ({ deps, params }) => readRollback(deps, params))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
