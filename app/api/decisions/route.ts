import { listDecisions } from '../../../lib/contracts/decision.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listDecisions, ({ deps, query }) => deps.read.decisions(query, query))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
