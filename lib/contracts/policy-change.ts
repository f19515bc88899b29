import { z } from 'zod'
import { MODES, type PolicyFields } from '../core/policy.ts'
import { COUNT_BOUNDS, DURATION_BOUNDS, ROW_LIMITS } from '../core/policy-bounds.ts'
import { freezeWindow } from './freeze-window.ts'
import { namespaceName, workloadName } from './workload-ref.ts'

interface Bounds {
  min: number
  max: number
}

/** Milliseconds within bounds; the message says them in words too. */
function duration({ min, max }: Bounds) {
  const message = `must be between ${min} (${inWords(min)}) and ${max} (${inWords(max)}) milliseconds`
  return z.int(message).min(min, message).max(max, message)
}

function count({ min, max }: Bounds) {
  return z.int().min(min).max(max)
}

function inWords(ms: number): string {
  const seconds = ms / 1_000
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${seconds / 60} min`
  return seconds <= 86_400 ? `${seconds / 3_600} h` : `${seconds / 86_400} days`
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
  .max(ROW_LIMITS.services)
  .readonly()

const change = z.strictObject({
  mode: z.enum(MODES).nullish(),
  attributionWindowMs: duration(DURATION_BOUNDS.attributionWindowMs).nullish(),
  cooldownMs: duration(DURATION_BOUNDS.cooldownMs).nullish(),
  budget: z.strictObject({ count: count(COUNT_BOUNDS.budgetCount), windowMs: duration(DURATION_BOUNDS.budgetWindowMs) }).nullish(),
  commonCause: z
    .strictObject({ workloads: count(COUNT_BOUNDS.commonCauseWorkloads), withinMs: duration(DURATION_BOUNDS.commonCauseWithinMs) })
    .nullish(),
  goodAfterMs: duration(DURATION_BOUNDS.goodAfterMs).nullish(),
  bakeTimeMs: duration(DURATION_BOUNDS.bakeTimeMs).nullish(),
  minRequests: count(COUNT_BOUNDS.minRequests).nullish(),
  onInconclusive: z.enum(['hold', 'pass']).nullish(),
  onOwned: z.enum(['refuse', 'warn']).nullish(),
  freeze: z.array(freezeWindow).max(ROW_LIMITS.freeze).readonly().nullish(),
  whenBlind: z.enum(['hold', 'go_on']).nullish(),
  proposalExpiryMs: duration(DURATION_BOUNDS.proposalExpiryMs).nullish(),
  services: services.nullish(),
})

/**
 * What a scope shall set. One that is left out or null is set no longer here and comes from further out. An unknown field is
 * refused: a misspelt safety limit must not pass in silence. A codec, since the page sends through it what the route reads.
 */
export const policyChange = z.codec(change, z.custom<PolicyFields>(), {
  decode: (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)),
  encode: (fields) => fields as z.output<typeof change>,
})
