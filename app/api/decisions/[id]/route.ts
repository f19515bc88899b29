import { getDecision } from '../../../../lib/contracts/decision.ts'
import { readDecision } from '../../../../lib/engine/read-decision.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'

export const GET = defineRoute(getDecision, ({ deps, params }) => readDecision(deps, params))
