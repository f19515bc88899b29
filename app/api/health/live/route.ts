import { getLive } from '../../../../lib/contracts/health.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const GET = defineRoute(getLive, () => ({ status: 'up' as const }))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
