import { listDecisions } from '../../../lib/contracts/decision.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'

export const GET = defineRoute(listDecisions, ({ deps, query }) => deps.read.decisions(query, query))
