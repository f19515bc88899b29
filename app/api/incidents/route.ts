import { listIncidents } from '../../../lib/contracts/incident.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'

export const GET = defineRoute(listIncidents, ({ deps, query }) => deps.read.incidents(query, query))
