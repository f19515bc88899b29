import { listRollbacks, postRollback } from '../../../lib/contracts/rollback.ts'
import { requestRollback } from '../../../lib/engine/request-rollback.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listRollbacks, ({ deps, query }) => deps.read.rollbacks(query, query))

export const POST = defineRoute(postRollback, ({ deps, body, caller }) => requestRollback(deps, { ...body, caller }))

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST)
