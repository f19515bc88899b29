import { z } from 'zod'
import { GATE_NAMES } from '../core/gates/gate-name.ts'
import type { Policy } from '../core/policy.ts'
import type { GateDifference, Outcome, Replay } from '../core/replay.ts'
import { OPEN_REASONS, type OpenQuestion } from '../core/replay-questions.ts'
import type { ReplayChange, ReplaySummary } from '../core/replay-summary.ts'
import { byId } from './by-id.ts'
import { candidate, check, decisionReason, effect, verdict } from './decision.ts'
import { instant } from './instant.ts'
import { judgedCounts, judgement } from './judgement.ts'
import { operation } from './operation.ts'
import { policy } from './policy.ts'
import { policyChange } from './policy-change.ts'
import { recordedAs, recordedValues } from './recorded.ts'
import { sameAs } from './same-as.ts'
import { scope } from './scope.ts'
import { namespaceName, workloadRef } from './workload-ref.ts'

const gate = z.enum(GATE_NAMES)
const openReason = z.enum(OPEN_REASONS)
const outcome = sameAs<Outcome>()(z.object({ verdict, effect, reason: decisionReason, target: candidate.nullable() }))

const difference = sameAs<GateDifference>()(
  z.object({
    gate,
    before: check.nullable(),
    after: check,
    stoppedBefore: z.boolean(),
    stops: z.boolean(),
    because: z.enum(['policy', 'program']),
  }),
)

const openQuestion = sameAs<OpenQuestion>()(z.object({ gate, why: openReason, values: recordedValues }))

const replayed = z.object({
  answer: z.enum(['same', 'changed', 'cannot_tell']),
  before: outcome,
  after: outcome.nullable(),
  ifPassed: outcome.nullable(),
  madeBy: z.array(gate),
  differences: z.array(difference),
  open: z.array(openQuestion),
  notRecorded: z.array(gate),
})

const reply = sameAs<Replay & { decisionId: string; policy: Policy; recorded: Partial<Policy>; changed: (keyof Policy)[] }>()(
  replayed.extend({ decisionId: z.string(), policy, recorded: recordedAs<Partial<Policy>>(), changed: z.array(policy.keyof()) }),
)

/** Fields to try out: over all that is set, or as all that `scope` would set. */
const edit = { fields: policyChange, scope: scope.nullable().default(null) }

export const getReplay = operation({
  method: 'GET',
  path: '/api/decisions/:id/replay',
  summary: 'What the policy that holds now would have decided on the facts of a decision, and which gate makes the difference',
  access: 'viewer',
  kind: 'json',
  params: byId,
  reply,
})

export const postReplay = operation({
  method: 'POST',
  path: '/api/decisions/:id/replay',
  summary: 'The same with an edited policy. Changes nothing',
  access: 'viewer',
  kind: 'json',
  asks: true,
  params: byId,
  body: z.strictObject(edit),
  reply,
})

const shortOutcome = z.object({ verdict, effect })
const listOutcome = shortOutcome.extend({ reason: decisionReason })
const count = z.int()

const change = sameAs<ReplayChange>()(
  z.object({
    decisionId: z.string(),
    decidedAt: instant,
    firstDecidedAt: instant,
    times: count,
    incidentId: z.string().nullable(),
    rollbackId: z.string().nullable(),
    workload: workloadRef.nullable(),
    before: listOutcome,
    after: listOutcome,
    madeBy: z.array(gate),
    judgement: judgement.nullable(),
  }),
)

const summary = z.object({
  decisions: count,
  same: count,
  changed: count,
  cannotTell: count,
  counts: z.array(z.object({ before: shortOutcome, after: shortOutcome.nullable(), decisions: count })),
  open: z.array(z.object({ gate, why: openReason, decisions: count })),
  changes: z.array(change),
  changesLeftOut: count,
  judged: z.object({ all: judgedCounts, changed: judgedCounts }),
})

const rangeReply = sameAs<ReplaySummary & { from: number; to: number; truncated: boolean }>()(
  summary.extend({ from: instant, to: instant, truncated: z.boolean() }),
)

export const postReplayRange = operation({
  method: 'POST',
  path: '/api/replay',
  summary: 'What the policies that hold now, or edited ones, would have made of the decisions on alerts in a time. Changes nothing',
  access: 'viewer',
  kind: 'json',
  asks: true,
  body: z
    .strictObject({
      from: instant,
      to: instant,
      namespace: namespaceName.nullable().default(null),
      workload: workloadRef.nullable().default(null),
      edit: z.strictObject(edit).nullable().default(null),
    })
    .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than from' }),
  reply: rangeReply,
})
