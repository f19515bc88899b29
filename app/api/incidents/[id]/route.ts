import { getIncident } from '../../../../lib/contracts/incident.ts'
import { readIncident } from '../../../../lib/engine/read-incident.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const GET = defineRoute(getIncident, ({ deps, params }) => readIncident(deps, params))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
