import { z } from 'zod'
import type { ControlNow, Pause } from '../core/control.ts'
import { actor } from './actor.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { phase } from './rollback.ts'
import { sameAs } from './same-as.ts'
import { scope } from './scope.ts'
import { statedReason } from './stated-reason.ts'
import { workloadRef } from './workload-ref.ts'

const pause = sameAs<Pause>()(z.object({ scope, reason: z.string(), actor, since: instant, until: instant.nullable() }))

const control = sameAs<ControlNow>()(
  z.object({
    version: z.int(),
    enabled: z.boolean(),
    dryRun: z.object({ on: z.boolean(), reason: z.string(), actor, since: instant, until: instant.nullable() }),
    isDryRun: z.boolean(),
    pauses: z.array(pause).readonly(),
    configured: z.object({ dryRun: z.boolean().nullable(), enabled: z.boolean().nullable() }),
  }),
)

export const getControl = operation({
  method: 'GET',
  path: '/api/control',
  summary: 'Whether automation is enabled, paused or in dry run',
  access: 'viewer',
  kind: 'json',
  reply: control,
})

const until = instant.nullable().default(null)
/** Of the control that was seen; a change that came in between is then a conflict. */
const version = z.int().min(1).nullable().default(null)

export const postControl = operation({
  method: 'POST',
  path: '/api/control',
  summary: 'Pause, resume, or switch dry run',
  access: 'operator',
  kind: 'json',
  mutates: true,
  body: z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('pause'), scope, reason: statedReason, until, version }),
    z.strictObject({ action: z.literal('resume'), scope, reason: statedReason, version }),
    z.strictObject({ action: z.literal('dry-run'), on: z.boolean(), reason: statedReason, until, version }),
  ]),
  reply: z.object({ control, underWay: z.array(z.object({ id: z.string(), workload: workloadRef, phase })) }),
})
