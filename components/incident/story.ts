import type { IncidentDetail } from '../../lib/client/incidents.ts'
import type { RollbackDetail } from '../../lib/client/rollbacks.ts'
import { never } from '../../lib/core/never.ts'
import { isOpen } from '../../lib/core/rollback.ts'
import type { RevisionRef, WorkloadRef } from '../../lib/core/workload.ts'

export type Rollback = RollbackDetail['rollback']
export type Decision = IncidentDetail['decisions'][number]
export type Episode = IncidentDetail['episodes'][number]
export type Evidence = IncidentDetail['evidence'][number]

/** Where it stands, in the words of the page. */
export type StoryKind =
  | 'deciding'
  | 'held'
  | 'escalated'
  | 'recovered'
  | 'proposed'
  | 'beginning'
  | 'restoring'
  | 'verifying'
  | 'succeeded'
  | 'unverified'
  | 'did_not_help'
  | 'not_done'
  | 'superseded'
  | 'aborted'
  | 'declined'
  | 'expired'
  | 'simulated'

/** What the page tells: of all that belongs to an incident, the parts that matter now. */
export interface Story {
  kind: StoryKind
  workload: WorkloadRef
  /** The one that counts: what is open, else what changed something, else the last. */
  rollback: Rollback | null
  /** What it was decided on, or the latest decision. */
  decision: Decision | null
  /** The alert that it was decided on, or the first one. */
  episode: Episode | null
  from: RevisionRef | null
  to: RevisionRef | null
  /** What was seen of the revision that is to blame. */
  evidence: Evidence | null
}

export function storyOfIncident({ incident, episodes, decisions, rollbacks, evidence }: IncidentDetail): Story {
  const rollback = tellingRollback(rollbacks)
  const decision = decisions.find(({ id }) => id === rollback?.decisionId) ?? decisions.at(-1) ?? null
  const episode = episodes.find(({ id }) => id === decision?.episodeId) ?? episodes[0] ?? null
  const seen = evidence.find(({ revision }) => revision.uid === rollback?.from.uid) ?? evidence.at(-1) ?? null
  return {
    kind: rollback ? kindOfRollback(rollback) : kindWithout(decision, incident.closedAt !== null),
    workload: incident.workload,
    rollback,
    decision,
    episode,
    from: rollback?.from ?? seen?.revision ?? null,
    to: rollback?.to ?? decision?.target ?? null,
    evidence: seen,
  }
}

/** Of one rollback by itself, as by hand. */
export function storyOfRollback({ rollback, evidence }: RollbackDetail): Story {
  const { workload, from, to } = rollback
  return { kind: kindOfRollback(rollback), workload, rollback, decision: null, episode: null, from, to, evidence }
}

function tellingRollback(rollbacks: readonly Rollback[]): Rollback | null {
  const last = [...rollbacks].reverse()
  return (
    last.find(({ phase }) => isOpen(phase)) ??
    last.find(({ phase }) => phase === 'proposed') ??
    last.find(({ clocks }) => clocks.undoneAt !== null) ??
    last[0] ??
    null
  )
}

function kindOfRollback({ phase, clocks }: Rollback): StoryKind {
  switch (phase) {
    case 'pending':
    case 'undoing':
      return 'beginning'
    case 'progressing':
      return 'restoring'
    case 'failed':
      return clocks.undoneAt === null ? 'not_done' : 'did_not_help'
    case 'proposed':
    case 'verifying':
    case 'succeeded':
    case 'unverified':
    case 'superseded':
    case 'aborted':
    case 'declined':
    case 'expired':
    case 'simulated':
      return phase
    default:
      return never(phase)
  }
}

function kindWithout(decision: Decision | null, isClosed: boolean): StoryKind {
  if (isClosed) return 'recovered'
  if (decision === null) return 'deciding'
  return decision.verdict === 'escalate' ? 'escalated' : 'held'
}

/** Stopped before the patch: afterwards it goes to its end. */
export function canAbort(story: Story): boolean {
  return story.rollback?.phase === 'pending'
}

export function isRunning(kind: StoryKind): boolean {
  return kind === 'beginning' || kind === 'restoring' || kind === 'verifying'
}

/** Decided and over, or left alone: it can be said whether that was right. */
export function isEnded(kind: StoryKind): boolean {
  return !isRunning(kind) && kind !== 'deciding' && kind !== 'proposed'
}

/** What a decision of the incident led to. */
export function rollbackOf({ rollbacks }: Pick<IncidentDetail, 'rollbacks'>, decision: Decision | null): Rollback | null {
  return rollbacks.find(({ decisionId }) => decisionId === decision?.id) ?? null
}
