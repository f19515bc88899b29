import { z } from 'zod'
import type { RolloutStatus } from '../core/rollout-status.ts'
import type { Health, Measurement, SignalReading, SignalReason } from '../core/signal.ts'
import { HEALTH_REASONS, type HealthObservation, type Verification } from '../core/verification.ts'
import type { PodState } from '../core/workload.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

const health = sameAs<Health>()(z.enum(['healthy', 'unhealthy', 'inconclusive']))

const rollout = sameAs<RolloutStatus>()(
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('complete') }),
    z.object({ state: z.literal('progressing'), message: z.string() }),
    z.object({ state: z.literal('failed'), message: z.string() }),
  ]),
)

const pod = sameAs<PodState>()(
  z.object({ name: z.string(), node: z.string().nullable(), ready: z.boolean(), restarts: z.int(), reason: z.string().nullable() }),
)

const signalReason = sameAs<SignalReason>()(
  z.enum([
    'within_threshold',
    'beyond_threshold',
    'no_data',
    'too_few_samples',
    'too_few_requests',
    'no_rule',
    'not_understood',
    'source_silent',
  ]),
)

/** A tree as deep as the rule's expression; kept as it was measured. */
const measurement = z.record(z.string(), z.unknown()) as unknown as z.ZodType<Measurement, Record<string, unknown>>

const signal = sameAs<SignalReading>()(
  z.object({ name: z.string(), health, reason: signalReason, windowStart: instant, measurement: measurement.nullable() }),
)

const observation = sameAs<HealthObservation>()(
  z.object({
    rollout,
    pods: z.array(pod).nullable(),
    signals: z.array(signal),
    alerts: z.array(z.object({ name: z.string(), firing: z.boolean().nullable(), settlesAt: instant })),
  }),
)

const healthReason = z.enum(HEALTH_REASONS)

/** What verification saw at its last look, and for how long it has been so. */
export const verification = sameAs<Verification>()(
  z.object({
    restartBaseline: z.record(z.string(), z.int()),
    stretch: z.object({ health, since: instant, windowStart: instant }).nullable(),
    reading: z.object({ health, reason: healthReason, windowStart: instant }).nullable(),
    seen: observation.nullable(),
  }),
)
