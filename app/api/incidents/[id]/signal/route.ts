import { getIncidentSignal } from '../../../../../lib/contracts/signal.ts'
import { readSignal } from '../../../../../lib/engine/read-signal.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getIncidentSignal, ({ deps, params }) => readSignal(deps, params))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
