import { listAudit } from '../../../lib/contracts/audit.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'

export const GET = defineRoute(listAudit, ({ deps, query }) => deps.read.audit(query))
