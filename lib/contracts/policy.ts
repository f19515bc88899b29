import { z } from 'zod'
import { MODES, type Policy, type PolicyFields, type ServiceMapping, type StoredPolicy } from '../core/policy.ts'
import type { PolicySources } from '../core/policy-sources.ts'
import { freezeWindow } from './freeze-window.ts'
import { operation } from './operation.ts'
import { policyChange } from './policy-change.ts'
import { sameAs } from './same-as.ts'
import { scope } from './scope.ts'
import { statedReason } from './stated-reason.ts'
import { byWorkload } from './workload.ts'

const mapping = sameAs<ServiceMapping>()(
  z.object({
    service: z.string(),
    namespace: z.string().nullable(),
    workload: z.object({ namespace: z.string(), name: z.string() }),
  }),
)

/** Every field; times in milliseconds, as their names say. */
export const policy = sameAs<Policy>()(
  z.object({
    mode: z.enum(MODES),
    attributionWindowMs: z.number(),
    cooldownMs: z.number(),
    budget: z.object({ count: z.number(), windowMs: z.number() }),
    commonCause: z.object({ workloads: z.number(), withinMs: z.number() }),
    goodAfterMs: z.number(),
    bakeTimeMs: z.number(),
    minRequests: z.number(),
    onInconclusive: z.enum(['hold', 'pass']),
    onOwned: z.enum(['refuse', 'warn']),
    freeze: z.array(freezeWindow).readonly(),
    whenBlind: z.enum(['hold', 'go_on']),
    proposalExpiryMs: z.number(),
    services: z.array(mapping).readonly(),
  }),
)

/** What one scope sets. Send `version` back to change it. */
const storedPolicy = sameAs<StoredPolicy>()(z.object({ scope, fields: sameAs<PolicyFields>()(policy.partial()), version: z.int() }))

/** `known`: whether the cluster has something in the scope just now; null while the cluster has not been read. */
const savedPolicy = storedPolicy.extend({ known: z.boolean().nullable() })

const source = z.enum(['default', 'cluster', 'namespace', 'workload', 'annotation'])
const sources = sameAs<PolicySources>()(z.record(policy.keyof(), source))

export const listPolicies = operation({
  method: 'GET',
  path: '/api/policies',
  summary: 'What every scope sets, and the defaults below',
  access: 'viewer',
  kind: 'json',
  reply: z.object({ defaults: policy, policies: z.array(storedPolicy) }),
})

/** The budget is counted in the whole cluster: set in a namespace or for a workload it would mean nothing. */
function refuseBudget({ fields }: { fields: PolicyFields }, context: z.RefinementCtx): void {
  if (fields.budget === undefined) return
  context.addIssue({ code: 'custom', path: ['fields', 'budget'], message: 'counts for the whole cluster: only the cluster sets it' })
}

const change = { fields: policyChange, version: z.int().min(0), reason: statedReason }

export const putPolicy = operation({
  method: 'PUT',
  path: '/api/policies',
  summary: 'Set the policy of a scope: all that it sets from now on',
  access: 'admin',
  kind: 'json',
  mutates: true,
  body: z
    .strictObject({ scope, ...change })
    .superRefine((body, context) => (body.scope.level === 'cluster' ? undefined : refuseBudget(body, context))),
  reply: savedPolicy,
})

export const getWorkloadPolicy = operation({
  method: 'GET',
  path: '/api/workloads/:namespace/:kind/:name/policy',
  summary: 'How a workload is handled, and where each field comes from',
  access: 'viewer',
  kind: 'json',
  params: byWorkload,
  reply: storedPolicy.extend({ resolved: policy, sources, annotation: z.string().nullable() }),
})

export const putWorkloadPolicy = operation({
  method: 'PUT',
  path: '/api/workloads/:namespace/:kind/:name/policy',
  summary: 'Set the policy of one workload: all that it sets from now on',
  access: 'admin',
  kind: 'json',
  mutates: true,
  params: byWorkload,
  body: z.strictObject(change).superRefine(refuseBudget),
  reply: savedPolicy,
})
