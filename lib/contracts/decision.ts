import { z } from 'zod'
import type { Answer, Candidate, Check, DecisionInList, DecisionRecord, Effect, Facts, Trigger, Verdict } from '../core/decision.ts'
import { GATE_NAMES } from '../core/gates/gate-name.ts'
import { REASON_CODES } from '../core/reason.ts'
import { byId } from './by-id.ts'
import { growing } from './growing.ts'
import { instant } from './instant.ts'
import { judgement } from './judgement.ts'
import { operation } from './operation.ts'
import { pageOf, pageQuery } from './page.ts'
import { recordedAs, recordedValues } from './recorded.ts'
import { revision } from './revision.ts'
import { sameAs } from './same-as.ts'
import { ofWorkload, workloadFilter } from './workload-filter.ts'
import { workloadRef } from './workload-ref.ts'

export const verdict = sameAs<Verdict>()(z.enum(['roll_back', 'hold', 'escalate', 'ignore']))
export const effect = sameAs<Effect>()(z.enum(['act', 'propose', 'simulate', 'none']))
const answer = sameAs<Answer>()(z.enum(['pass', 'hold', 'inconclusive', 'not_applicable']))
export const decisionReason = growing(REASON_CODES)

export const check = sameAs<Check>()(
  z.object({ gate: growing(GATE_NAMES), answer, reason: decisionReason, values: recordedValues, endsAt: instant.nullable() }),
)

export const candidate = sameAs<Candidate>()(revision.extend({ condemned: z.boolean() }))

const fields = z.object({
  id: z.string(),
  trigger: sameAs<Trigger['kind']>()(z.enum(['alert', 'person'])),
  episodeId: z.string().nullable(),
  incidentId: z.string().nullable(),
  workloadId: z.string().nullable(),
  workload: workloadRef.nullable(),
  rollbackId: z.string().nullable(),
  decidedAt: instant,
  verdict,
  effect,
  reason: decisionReason,
  checks: z.array(check),
  target: candidate.nullable(),
  decideAgainAt: instant.nullable(),
  judgement: judgement.nullable(),
})

/** Verdict, effect and every check with the values seen. */
export const decision = sameAs<DecisionInList>()(fields)

/** With everything that it was made of, as it was recorded. */
const decisionWithFacts = sameAs<DecisionRecord>()(fields.extend({ facts: recordedAs<Facts>() }))

export const listDecisions = operation({
  method: 'GET',
  path: '/api/decisions',
  summary: 'Decisions, newest first',
  access: 'viewer',
  kind: 'json',
  query: pageQuery.extend(workloadFilter).transform(ofWorkload),
  reply: pageOf(decision),
})

export const getDecision = operation({
  method: 'GET',
  path: '/api/decisions/:id',
  summary: 'One decision with its facts',
  access: 'viewer',
  kind: 'json',
  params: byId,
  reply: decisionWithFacts,
})
