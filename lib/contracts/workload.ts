import { z } from 'zod'
import { MODES } from '../core/policy.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { orNull } from './or-null.ts'
import { drift, owner } from './owner.ts'
import { pageOf, pageQuery } from './page.ts'
import { deploy } from './revision.ts'
import { phase } from './rollback.ts'
import { namespaceName, workloadKind, workloadName, workloadRef } from './workload-ref.ts'

export const byWorkload = z.object({ namespace: namespaceName, kind: workloadKind, name: workloadName })

const workload = z.object({
  ref: workloadRef,
  firstSeenAt: instant,
  current: deploy.nullable(),
  openIncidentId: z.string().nullable(),
  openRollback: z.object({ id: z.string(), phase }).nullable(),
  lastRollback: z.object({ id: z.string(), phase, endedAt: instant }).nullable(),
})

const inList = workload.extend({ mode: z.enum(MODES), exists: z.boolean().nullable(), drift: drift.nullable() })

/** Part of a name. Postgres takes no NUL character, and would answer with an error of its own. */
const searched = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .refine((text) => !text.includes('\0'), 'has characters that no name has')

export const listWorkloads = operation({
  method: 'GET',
  path: '/api/workloads',
  summary: 'Workloads that were seen, by namespace and name',
  access: 'viewer',
  kind: 'json',
  query: pageQuery.extend({ namespace: orNull(namespaceName), search: orNull(searched) }),
  reply: pageOf(inList).extend({ namespaces: z.array(z.string()) }),
})

export const getWorkload = operation({
  method: 'GET',
  path: '/api/workloads/:namespace/:kind/:name',
  summary: 'One workload with its newest 100 deploys, newest first, who else manages it, and whether source and cluster differ',
  access: 'viewer',
  kind: 'json',
  params: byWorkload,
  reply: workload.extend({ deploys: z.array(deploy.extend({ condemned: z.boolean() })), owner: owner.nullable(), drift: drift.nullable() }),
})
