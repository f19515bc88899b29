import { getDecision } from '../../../../lib/contracts/decision.ts'
import { readDecision } from '../../../../lib/engine/read-decision.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const GET = defineRoute(getDecision, ({ deps, params }) => readDecision(deps, params))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
