import { getReady } from '../../../../lib/contracts/health.ts'
import { checkReadiness } from '../../../../lib/engine/check-readiness.ts'
import { defineRoute, Reply } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const GET = defineRoute(getReady, async ({ deps }) => {
  const readiness = await checkReadiness(deps)
  return new Reply(readiness.status === 'up' ? 200 : 503, readiness)
})

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
