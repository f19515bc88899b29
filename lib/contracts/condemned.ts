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

const image = z
  .string()
  .trim()
  .min(1)
  .max(512)
  .regex(/^[\x21-\x7e]+$/, 'is no image reference')

export const getCondemned = operation({
  method: 'GET',
  path: '/api/workloads/:namespace/:kind/:name/condemned',
  summary: 'Whether an image (`image`, may be repeated: any of them) is in a template that was rolled away from. For CI, before a deploy',
  access: 'viewer',
  kind: 'json',
  params: byWorkload,
  query: z.strictObject({
    image: z.union([image.transform((one) => [one]), z.array(image).min(1).max(50)], 'must name an image'),
  }),
  reply: z.object({
    condemned: z.boolean(),
    by: z.array(z.object({ rollbackId: z.string(), condemnedAt: instant, images: z.array(z.string()) })),
  }),
})
