import { postDelivery } from '../../../../lib/contracts/alertmanager.ts'
import { ingestAlerts } from '../../../../lib/engine/ingest-alerts.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const POST = defineRoute(postDelivery, async ({ deps, body }) => {
  const { counts, due } = await ingestAlerts(deps, body)
  deps.kick(due)
  return counts
})

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST)
