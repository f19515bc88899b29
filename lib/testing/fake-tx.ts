import type { Instant } from '../core/json.ts'
import type { EvidenceOf, Tx } from '../ports.ts'
import { fakeControl, fakePolicies } from './fake-control.ts'
import { fakeEpisodes } from './fake-episodes.ts'
import { fakeIncidents } from './fake-incidents.ts'
import { fakeRollbacks } from './fake-rollbacks.ts'
import { type FakeTables, nextId } from './fake-tables.ts'
import { fakeWorkloads } from './fake-workloads.ts'

/** One transaction on the tables in memory. The caller rolls back. */
export function fakeTx(tables: FakeTables, now: () => Instant): Tx {
  return {
    ...fakeEpisodes(tables),
    ...fakeWorkloads(tables),
    ...fakeIncidents(tables),
    ...fakeRollbacks(tables),
    ...fakeControl(tables, now),
    ...fakePolicies(tables),
    ...fakeRecord(tables),
    ...fakeEvidence(tables),
    ...fakeJobs(tables),
  }
}

/** Transactions run one after another here: every lock is free. */
function fakeJobs(tables: FakeTables): Pick<Tx, 'lock' | 'enqueue'> {
  return {
    async lock() {},
    async enqueue(job, id, runAt) {
      const sent = { job, id, runAt: runAt ?? null }
      const at = tables.jobs.findIndex((queued) => queued.job === job && queued.id === id)
      const queued = tables.jobs[at]
      if (queued === undefined) tables.jobs.push(sent)
      else if ((sent.runAt ?? 0) < (queued.runAt ?? 0)) tables.jobs[at] = sent
    },
  }
}

function fakeEvidence({ evidence: rows }: FakeTables): Pick<Tx, 'evidence' | 'saveEvidence'> {
  const at = (of: EvidenceOf, revisionUid: string) => rows.findIndex(({ key }) => key === `${JSON.stringify(of)}/${revisionUid}`)
  return {
    async evidence(of, revisionUid) {
      return rows[at(of, revisionUid)]?.evidence ?? null
    },
    async saveEvidence(of, evidence) {
      const row = { key: `${JSON.stringify(of)}/${evidence.revision.uid}`, evidence }
      const known = at(of, evidence.revision.uid)
      if (known < 0) rows.push(row)
      else rows[known] = row
    },
  }
}

function fakeRecord(tables: FakeTables): Pick<Tx, 'appendTimeline' | 'appendAudit' | 'touchHeartbeat' | 'lastHeld'> {
  return {
    async appendTimeline(event, { incidentId, rollbackId }) {
      tables.timeline.push({ ...event, incidentId, rollbackId, id: nextId(tables) })
    },
    async appendAudit(entry) {
      tables.audit.push({ ...entry, id: nextId(tables) })
    },
    async lastHeld(episodeId) {
      const last = tables.decisions
        .filter((one) => one.episodeId === episodeId)
        .sort((a, b) => a.decidedAt - b.decidedAt)
        .at(-1)
      if (last === undefined) return null
      const before = last.facts.outside?.lastHeld
      return { reason: last.reason, since: before?.reason === last.reason ? before.since : last.decidedAt }
    },
    async touchHeartbeat(name, at) {
      tables.heartbeats.set(name, Math.max(at, tables.heartbeats.get(name) ?? at))
    },
  }
}
