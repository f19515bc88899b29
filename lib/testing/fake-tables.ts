import type { Episode } from '../core/alert.ts'
import type { AuditEntry } from '../core/audit.ts'
import type { BreakerClosing } from '../core/breaker.ts'
import type { Control } from '../core/control.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { Deploy } from '../core/deploy.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Incident } from '../core/incident.ts'
import type { Instant } from '../core/json.ts'
import type { StoredPolicy } from '../core/policy.ts'
import type { Rollback } from '../core/rollback.ts'
import type { TimelineEvent } from '../core/timeline.ts'
import type { WorkloadRef } from '../core/workload.ts'
import type { JobName } from '../ports.ts'

/** A queued job. `runAt` null: at once. */
export interface FakeJob {
  job: JobName
  id: string
  runAt: Instant | null
}

/** What the fake store remembers: one list a table, oldest row first. */
export interface FakeTables {
  workloads: { id: string; ref: WorkloadRef; firstSeenAt: Instant }[]
  deploys: Deploy[]
  episodes: Episode[]
  incidents: Incident[]
  decisions: DecisionRecord[]
  rollbacks: Rollback[]
  timeline: TimelineEvent[]
  evidence: { key: string; evidence: Evidence }[]
  condemnations: { workloadId: string; materialFingerprint: string; rollbackId: string; images: string[]; at: Instant }[]
  policies: StoredPolicy[]
  control: Control | null
  breakerClosing: BreakerClosing | null
  heartbeats: Map<string, Instant>
  audit: AuditEntry[]
  jobs: FakeJob[]
  /** Ids given so far: they are never given twice, as a sequence's are not. */
  nextId: number
}

export function emptyTables(): FakeTables {
  return {
    workloads: [],
    deploys: [],
    episodes: [],
    incidents: [],
    decisions: [],
    rollbacks: [],
    timeline: [],
    evidence: [],
    condemnations: [],
    policies: [],
    control: null,
    breakerClosing: null,
    heartbeats: new Map(),
    audit: [],
    jobs: [],
    nextId: 1,
  }
}

/** A uuid that sorts in the order of making, as version 7 does. */
export function nextId(tables: FakeTables): string {
  const count = tables.nextId
  tables.nextId += 1
  return `00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`
}
