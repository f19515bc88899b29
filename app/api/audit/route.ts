import { listAudit } from '../../../lib/contracts/audit.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listAudit, ({ deps, query }) => deps.read.audit(query))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
