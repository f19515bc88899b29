import { listIncidents } from '../../../lib/contracts/incident.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listIncidents, ({ deps, query }) => deps.read.incidents(query, query))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
