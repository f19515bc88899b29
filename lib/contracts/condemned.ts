import { z } from 'zod'
import type { Condemnation } from '../core/condemnation.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { sameAs } from './same-as.ts'
import { statedReason } from './stated-reason.ts'
import { byWorkload } from './workload.ts'

export const condemnation = sameAs<Condemnation>()(
  z.object({ materialFingerprint: z.string(), images: z.array(z.string()), rollbackId: z.string(), condemnedAt: instant }),
)

export const postCondemned = operation({
  method: 'POST',
  path: '/api/workloads/:namespace/:kind/:name/condemned',
  summary: 'Take a condemnation back: the template may be gone back to again. 409 when it is not condemned',
  access: 'operator',
  kind: 'json',
  mutates: true,
  params: byWorkload,
  body: z.strictObject({ condemned: z.literal(false), materialFingerprint: z.string().min(1).max(200), reason: statedReason }),
  reply: condemnation,
})
