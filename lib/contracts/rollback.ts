import { z } from 'zod'
import { OUTCOME_REASONS, PHASES, type Rollback } from '../core/rollback.ts'
import { actor } from './actor.ts'
import { byId } from './by-id.ts'
import { clocks } from './clocks.ts'
import { decision } from './decision.ts'
import { evidence } from './evidence.ts'
import { flag } from './flag.ts'
import { growing } from './growing.ts'
import { instant } from './instant.ts'
import { judgement } from './judgement.ts'
import { operation } from './operation.ts'
import { orNull } from './or-null.ts'
import { pageOf, pageQuery } from './page.ts'
import { releasedTogether } from './released-together.ts'
import { revision } from './revision.ts'
import { sameAs } from './same-as.ts'
import { statedReason } from './stated-reason.ts'
import { timelineEvent } from './timeline.ts'
import { verification } from './verification.ts'
import { ofWorkload, workloadFilter } from './workload-filter.ts'
import { workloadRef } from './workload-ref.ts'

const outcomeReason = growing(OUTCOME_REASONS)

export const phase = z.enum(PHASES)

const fields = z.object({
  id: z.string(),
  version: z.int(),
  phase,
  workloadId: z.string(),
  workload: workloadRef,
  deploymentUid: z.string(),
  incidentId: z.string().nullable(),
  decisionId: z.string(),
  trigger: z.enum(['alert', 'person']),
  reason: z.string(),
  actor,
  dryRun: z.boolean(),
  condemns: z.boolean(),
  from: revision,
  to: revision,
  generation: z.int(),
  bakeTimeMs: z.int(),
  minRequests: z.int(),
  clocks,
  openedAt: instant,
  phaseSince: instant,
  nextStepAt: instant.nullable(),
  expiresAt: instant.nullable(),
  outcome: z.object({ reason: outcomeReason, detail: z.string().nullable() }).nullable(),
  endedAt: instant.nullable(),
})

/** The durable operation, without what verification saw: for lists. */
const rollbackInList = sameAs<Omit<Rollback, 'verification'>>()(fields)
export const rollback = sameAs<Rollback>()(fields.extend({ verification: verification.nullable() }))

export const listRollbacks = operation({
  method: 'GET',
  path: '/api/rollbacks',
  summary: 'Rollbacks, newest first',
  access: 'viewer',
  kind: 'json',
  query: pageQuery.extend({ phase: orNull(phase), open: orNull(flag), ...workloadFilter }).transform(ofWorkload),
  reply: pageOf(rollbackInList),
})

export const getRollback = operation({
  method: 'GET',
  path: '/api/rollbacks/:id',
  summary: 'One rollback with its timeline, clocks and verification',
  access: 'viewer',
  kind: 'json',
  params: byId,
  reply: z.object({
    rollback,
    timeline: z.array(timelineEvent),
    evidence: evidence.nullable(),
    together: releasedTogether.nullable(),
    judgement: judgement.nullable(),
  }),
})

export const postRollback = operation({
  method: 'POST',
  path: '/api/rollbacks',
  summary: 'Roll a workload back by hand. `rollback` is null when a gate held it: the decision says which',
  access: 'operator',
  kind: 'json',
  mutates: true,
  body: z.strictObject({
    workload: workloadRef,
    toRevisionUid: z.string().min(1).max(100).nullable().default(null),
    reason: statedReason,
    condemn: z.boolean().default(false),
  }),
  reply: z.object({ decision, rollback: rollback.nullable() }),
})

const answerBody = z.strictObject({ reason: statedReason })

export const postApprove = operation({
  method: 'POST',
  path: '/api/rollbacks/:id/approve',
  summary: 'Say yes to a proposal',
  access: 'operator',
  kind: 'json',
  mutates: true,
  params: byId,
  body: answerBody,
  reply: rollback,
})

export const postDecline = operation({
  method: 'POST',
  path: '/api/rollbacks/:id/decline',
  summary: 'Say no to a proposal',
  access: 'operator',
  kind: 'json',
  mutates: true,
  params: byId,
  body: answerBody,
  reply: rollback,
})

export const postAbort = operation({
  method: 'POST',
  path: '/api/rollbacks/:id/abort',
  summary: 'Stop a rollback before its patch; 409 afterwards',
  access: 'operator',
  kind: 'json',
  mutates: true,
  params: byId,
  body: answerBody,
  reply: rollback,
})
