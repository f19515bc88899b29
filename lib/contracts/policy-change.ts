import { z } from 'zod'
import { MODES, type PolicyFields } from '../core/policy.ts'
import { freezeWindow } from './freeze-window.ts'
import { namespaceName, workloadName } from './workload-ref.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Milliseconds within bounds; the message says them in words too. */
function duration(min: [number, string], max: [number, string]) {
  const message = `must be between ${min[0]} (${min[1]}) and ${max[0]} (${max[1]}) milliseconds`
  return z.int(message).min(min[0], message).max(max[0], message)
}

const serviceName = z
  .string()
  .max(63)
  .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'is no name of a Service')

const services = z
  .array(
    z.strictObject({
      service: serviceName,
      namespace: namespaceName.nullable().default(null),
      workload: z.strictObject({ namespace: namespaceName, name: workloadName }),
    }),
  )
  .max(500)

/**
 * What a scope shall set. One that is left out or null is set no longer here and comes from further out. An unknown field is
 * refused: a misspelt safety limit must not pass in silence.
 */
export const policyChange = z
  .strictObject({
    mode: z.enum(MODES).nullish(),
    attributionWindowMs: duration([MINUTE, '1 min'], [24 * HOUR, '24 h']).nullish(),
    cooldownMs: duration([0, '0 s'], [24 * HOUR, '24 h']).nullish(),
    budget: z.strictObject({ count: z.int().min(1).max(1_000), windowMs: duration([MINUTE, '1 min'], [24 * HOUR, '24 h']) }).nullish(),
    commonCause: z
      .strictObject({ workloads: z.int().min(1).max(1_000), withinMs: duration([10 * SECOND, '10 s'], [HOUR, '1 h']) })
      .nullish(),
    goodAfterMs: duration([0, '0 s'], [7 * 24 * HOUR, '7 days']).nullish(),
    bakeTimeMs: duration([5 * SECOND, '5 s'], [HOUR, '1 h']).nullish(),
    minRequests: z.int().min(0).max(1_000_000).nullish(),
    onInconclusive: z.enum(['hold', 'pass']).nullish(),
    onOwned: z.enum(['refuse', 'warn']).nullish(),
    freeze: z.array(freezeWindow).max(100).nullish(),
    whenBlind: z.enum(['hold', 'go_on']).nullish(),
    proposalExpiryMs: duration([MINUTE, '1 min'], [24 * HOUR, '24 h']).nullish(),
    services: services.nullish(),
  })
  .transform((fields): PolicyFields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)))
