import { z } from 'zod'
import type { Evidence, PodEvent, PodEvidence, PodLog, Unseen } from '../core/evidence.ts'
import { configChanges } from './config-change.ts'
import { instant } from './instant.ts'
import { revision } from './revision.ts'
import { sameAs } from './same-as.ts'
import { templateChange } from './template-change.ts'
import { traffic } from './traffic.ts'

/** Why something could not be seen. */
const unseen = sameAs<Unseen>()(z.enum(['not_allowed', 'silent', 'not_started']))

const podEvent = sameAs<PodEvent>()(
  z.object({ type: z.string(), reason: z.string(), message: z.string(), count: z.int(), lastSeenAt: instant.nullable() }),
)

const podLog = sameAs<PodLog>()(z.object({ container: z.string(), previous: z.boolean(), lines: z.array(z.string()) }))

const podEvidence = sameAs<PodEvidence>()(
  z.object({
    name: z.string(),
    node: z.string().nullable(),
    ready: z.boolean(),
    restarts: z.int(),
    reason: z.string().nullable(),
    events: z.union([z.array(podEvent), unseen]),
    logs: z.union([podLog, unseen]),
  }),
)

/** What was seen of a revision while it was there. */
export const evidence = sameAs<Evidence>()(
  z.object({
    revision,
    target: revision.nullable(),
    seenAt: instant,
    podCount: z.int().nullable(),
    readyCount: z.int().nullable(),
    pods: z.union([z.array(podEvidence), unseen]),
    diff: z.array(templateChange).nullable(),
    configs: configChanges.nullable().optional(),
    traffic: traffic.optional(),
  }),
)
