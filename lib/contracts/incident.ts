import { z } from 'zod'
import type { Incident, IncidentOutcome } from '../core/incident.ts'
import { byId } from './by-id.ts'
import { onsetSource } from './clocks.ts'
import { decision } from './decision.ts'
import { episode } from './episode.ts'
import { evidence } from './evidence.ts'
import { flag } from './flag.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { orNull } from './or-null.ts'
import { pageOf, pageQuery } from './page.ts'
import { releasedTogether } from './released-together.ts'
import { rollback } from './rollback.ts'
import { sameAs } from './same-as.ts'
import { timelineEvent } from './timeline.ts'
import { ofWorkload, workloadFilter } from './workload-filter.ts'
import { workloadRef } from './workload-ref.ts'

const outcome = sameAs<IncidentOutcome>()(z.enum(['rolled_back', 'rolled_back_by_hand', 'recovered_by_itself', 'ended_unresolved']))

const incident = sameAs<Incident>()(
  z.object({
    id: z.string(),
    version: z.int(),
    workloadId: z.string(),
    workload: workloadRef,
    openedAt: instant,
    startedAt: instant,
    startedAtSource: onsetSource,
    closedAt: instant.nullable(),
    outcome: outcome.nullable(),
  }),
)

export const listIncidents = operation({
  method: 'GET',
  path: '/api/incidents',
  summary: 'Incidents, newest first',
  access: 'viewer',
  kind: 'json',
  query: pageQuery.extend({ open: orNull(flag), ...workloadFilter }).transform(ofWorkload),
  reply: pageOf(incident),
})

export const getIncident = operation({
  method: 'GET',
  path: '/api/incidents/:id',
  summary: 'One incident with its alerts, decisions, rollbacks, timeline, and what was seen of its pods',
  access: 'viewer',
  kind: 'json',
  params: byId,
  reply: z.object({
    incident,
    episodes: z.array(episode),
    decisions: z.array(decision),
    rollbacks: z.array(rollback),
    timeline: z.array(timelineEvent),
    evidence: z.array(evidence),
    together: releasedTogether.nullable(),
    leftOut: z.object({ episodes: z.int(), decisions: z.int(), timeline: z.int() }),
  }),
})
