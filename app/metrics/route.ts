import { getMetrics } from '../../lib/contracts/metrics.ts'
import { readGauges } from '../../lib/engine/read-gauges.ts'
import { defineRoute } from '../../lib/server/define-route.ts'
import { otherMethods } from '../../lib/server/refusals.ts'

export const GET = defineRoute(getMetrics, async ({ deps }) => deps.registry.text(await readGauges(deps)))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
