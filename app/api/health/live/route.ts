import { getLive } from '../../../../lib/contracts/health.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'

export const GET = defineRoute(getLive, () => ({ status: 'up' as const }))
