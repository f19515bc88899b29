import { type ConfigChanges, mergeConfigs } from './config-change.ts'
import type { Instant } from './json.ts'
import type { TemplateChange } from './template-diff.ts'
import { mergeTraffic, type TrafficThenAndNow } from './traffic.ts'
import type { PodState, RevisionRef } from './workload.ts'

/** How much is kept of each: enough to see what went wrong, not a log store. */
export const EVIDENCE_LIMITS = { pods: 5, wellPods: 2, events: 5, lines: 20, lineChars: 300 } as const

/**
 * Why something could not be seen: our rights do not reach it, nobody answered in time, or there is nothing yet
 * (a container that never started has no log).
 */
export type Unseen = 'not_allowed' | 'silent' | 'not_started'

/** An Event of Kubernetes. It lives an hour there. */
export interface PodEvent {
  type: string
  reason: string
  message: string
  count: number
  lastSeenAt: Instant | null
}

/** The last lines of a container, oldest first, without what looks like a secret. */
export interface PodLog {
  container: string
  /** Of the run before: it has crashed. */
  previous: boolean
  lines: string[]
}

/** What one look at a pod gives beside its state. */
export interface PodInspection {
  /** Newest first. */
  events: PodEvent[] | Unseen
  logs: PodLog | Unseen
}

export interface PodEvidence extends PodState, PodInspection {}

/** What was seen of a revision while it was there: Events, logs and ReplicaSets are gone later, this stays. */
export interface Evidence {
  revision: RevisionRef
  /** What it was compared with: the revision to go back to, else the one before; null: there is none. */
  target: RevisionRef | null
  seenAt: Instant
  /** Of all pods of the revision; null: nobody could tell. */
  podCount: number | null
  readyCount: number | null
  /** Failing ones first; where none fails, some that serve. */
  pods: PodEvidence[] | Unseen
  /** From the revision to the target; null: one of the templates could not be read. */
  diff: TemplateChange[] | null
  /*
   * What else changed about then: shown, never decided by. Records of before it was looked for have none of it.
   */
  /** ConfigMaps and Secrets that the templates read; null: no template could be read. */
  configs?: ConfigChanges | null
  traffic?: TrafficThenAndNow
}

/** Whether something is wrong with a pod, as far as Kubernetes knows. */
export function isTroubled({ ready, restarts, reason }: Pick<PodState, 'ready' | 'restarts' | 'reason'>): boolean {
  return !ready || restarts > 0 || reason !== null
}

/** The pods worth a look: failing ones, worst first, else some that serve. */
export function pickPods(pods: readonly PodState[]): PodState[] {
  const troubled = pods.filter(isTroubled).sort((a, b) => Number(a.ready) - Number(b.ready) || b.restarts - a.restarts)
  return troubled.length > 0 ? troubled.slice(0, EVIDENCE_LIMITS.pods) : pods.slice(0, EVIDENCE_LIMITS.wellPods)
}

/**
 * Two looks at one revision: the later one holds, but it takes nothing away. What is silent now was seen before, and
 * a revision that was rolled away from has no pods any more.
 */
export function mergeEvidence(known: Evidence | null, fresh: Evidence): Evidence {
  if (known === null) return fresh
  const configs = mergeConfigs(known.configs ?? undefined, fresh.configs ?? undefined)
  const traffic = mergeTraffic(known.traffic, fresh.traffic)
  return { ...mergeSeen(known, fresh), ...(configs && { configs }), ...(traffic && { traffic }) }
}

function mergeSeen(known: Evidence, fresh: Evidence): Evidence {
  const diff = fresh.diff ?? known.diff
  const target = fresh.diff === null && known.diff !== null ? known.target : (fresh.target ?? known.target)
  if (typeof fresh.pods === 'string' || (fresh.pods.length === 0 && typeof known.pods !== 'string')) return { ...known, target, diff }
  if (typeof known.pods === 'string') return { ...fresh, target, diff }
  const before = new Map(known.pods.map((pod) => [pod.name, pod]))
  const now = fresh.pods.map((pod) => withBefore(before.get(pod.name), pod))
  const gone = known.pods.filter((pod) => isTroubled(pod) && !now.some(({ name }) => name === pod.name))
  const all = [...now, ...gone]
  const troubled = all.filter(isTroubled)
  const pods = (troubled.length > 0 ? troubled : all).slice(0, EVIDENCE_LIMITS.pods)
  return { ...fresh, target, diff, pods }
}

function withBefore(before: PodEvidence | undefined, now: PodEvidence): PodEvidence {
  if (before === undefined) return now
  const hasEvents = typeof now.events !== 'string' && now.events.length > 0
  const hasLines = typeof now.logs !== 'string' && now.logs.lines.length > 0
  return { ...now, events: hasEvents ? now.events : before.events, logs: hasLines ? now.logs : before.logs }
}
