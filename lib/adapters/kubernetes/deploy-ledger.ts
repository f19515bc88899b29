import type { ObservedDeploy } from '../../core/deploy.ts'
import type { Instant } from '../../core/json.ts'
import { rolloutStatus } from '../../core/rollout-status.ts'
import { revisionRef } from '../../core/workload.ts'
import type { CachedDeployment, CachedReplicaSet } from './project.ts'

/** How something was seen: in an informer's first list, in a later one (after a gap), or in a watch event. */
export type Sighting = 'first_list' | 'list' | 'watch'

/** An event that comes this much after the server's own record came late (a reconnect): then the record tells. */
const LATE_MS = 5_000
/** How long what is gone is still told, for whoever stores it. */
const KEEP_GONE_MS = 10 * 60_000
/** Templates that were replaced before the controller made a ReplicaSet of them pile up otherwise. */
const KEEP_SEEN = 20

/** A template that was seen in a Deployment and that no revision was matched with yet. */
interface SeenTemplate {
  fingerprint: string
  at: Instant
  how: Sighting
  paused: boolean
}

interface Entry {
  deploy: ObservedDeploy
  replicaSetUid: string
  /** Its ReplicaSet was seen before the Deployment's own event. */
  awaitsTemplate: boolean
}

interface History {
  last: CachedDeployment | null
  seen: SeenTemplate[]
  /** By revision number. */
  entries: Map<number, Entry>
  /** When each revision's rollout was first seen complete; null: it was so already. */
  completed: Map<number, Instant | null>
  goneAt: Instant | null
}

/**
 * What the informers tell of deploys: one per Deployment uid and revision number. Two watches feed it, whose
 * events come in any order between them; and lists after a gap, which must not lose what happened in it.
 */
export class DeployLedger {
  readonly #now: () => Instant
  readonly #histories = new Map<string, History>()
  readonly #goneReplicaSets = new Map<string, Instant>()

  constructor(now: () => Instant) {
    this.#now = now
  }

  deploymentSeen(deployment: CachedDeployment, how: Sighting): void {
    const { uid, templateFingerprint: fingerprint, paused } = deployment.state
    const history = this.#history(uid)
    const now = this.#now()
    const isNew = history.last === null || history.last.state.templateFingerprint !== fingerprint
    if (isNew && !isAwaited(history, fingerprint)) history.seen = [...history.seen.slice(-KEEP_SEEN), { fingerprint, at: now, how, paused }]
    // A paused Deployment makes no ReplicaSet: what it was given meanwhile is deployed when it goes on.
    if (!paused) for (const seen of history.seen.filter((one) => one.paused)) Object.assign(seen, { at: now, how, paused })
    history.last = deployment
    this.#noteCompletion(history, deployment, how)
  }

  /** Those of a list together: revisions are told apart from reused ones by what came before them. */
  replicaSetsSeen(replicaSets: readonly CachedReplicaSet[], how: Sighting): void {
    replicaSets
      .flatMap((replicaSet) => replicaSet.numbers.map((number) => ({ replicaSet, number })))
      .sort((a, b) => a.number - b.number)
      .forEach(({ replicaSet, number }) => {
        this.#recordRevision(replicaSet, number, how)
      })
  }

  deploymentGone(uid: string): void {
    const history = this.#histories.get(uid)
    if (history) history.goneAt = this.#now()
    this.#forgetGone()
  }

  replicaSetGone(uid: string): void {
    this.#goneReplicaSets.set(uid, this.#now())
    this.#forgetGone()
  }

  deploys(): ObservedDeploy[] {
    return [...this.#histories.values()].flatMap(({ entries, completed }) =>
      [...entries].map(([number, { deploy }]) => ({ ...deploy, completedAt: completed.get(number) ?? null })),
    )
  }

  #recordRevision({ owner, namespace, numbers, revision }: CachedReplicaSet, number: number, how: Sighting): void {
    if (owner === null) return
    const history = this.#history(owner.uid)
    if (history.entries.has(number)) return
    const isMade = number === numbers[0]
    const previousAt = Math.max(0, ...[...history.entries].filter(([one]) => one < number).map(([, { deploy }]) => deploy.deployedAt))
    const seen = number === revision.number ? take(history, revision.templateFingerprint, previousAt) : null
    history.entries.set(number, {
      replicaSetUid: revision.uid,
      awaitsTemplate: how === 'watch' && seen === null && number === revision.number,
      deploy: {
        workload: { namespace, kind: 'Deployment', name: owner.name },
        deploymentUid: owner.uid,
        revision: revisionRef({ ...revision, number }),
        ...timeOf({ madeAt: isMade ? revision.createdAt : null, previousAt, seen, how, now: this.#now() }),
        completedAt: null,
      },
    })
  }

  /** The first sight of a complete rollout of each number; of the first list it is not known since when. */
  #noteCompletion({ completed }: History, { state, revisionNumber, progressedAt }: CachedDeployment, how: Sighting): void {
    if (revisionNumber === 0 || completed.has(revisionNumber) || rolloutStatus(state.rollout).state !== 'complete') return
    const now = this.#now()
    const recordedAt = state.rollout.progressingReason === 'NewReplicaSetAvailable' ? (progressedAt ?? now) : now
    const completedAt = recordedAt + LATE_MS < now ? recordedAt : now
    completed.set(revisionNumber, how === 'first_list' ? null : completedAt)
  }

  #history(uid: string): History {
    const found = this.#histories.get(uid)
    if (found) return found
    const made: History = { last: null, seen: [], entries: new Map(), completed: new Map(), goneAt: null }
    this.#histories.set(uid, made)
    return made
  }

  #forgetGone(): void {
    const before = this.#now() - KEEP_GONE_MS
    for (const [uid, history] of this.#histories) {
      if (history.goneAt !== null && history.goneAt < before) this.#histories.delete(uid)
      for (const [number, { replicaSetUid }] of history.entries) {
        if ((this.#goneReplicaSets.get(replicaSetUid) ?? before) < before) history.entries.delete(number)
      }
    }
    for (const [uid, at] of this.#goneReplicaSets) if (at < before) this.#goneReplicaSets.delete(uid)
  }
}

/** The newest unmatched sighting of a template since the revision before; older ones never got a revision. */
function take(history: History, fingerprint: string, since: Instant): SeenTemplate | null {
  const seen = history.seen.findLast((one) => one.fingerprint === fingerprint && one.at >= since) ?? null
  if (seen !== null) history.seen = history.seen.filter((one) => one.fingerprint !== fingerprint)
  return seen
}

/** The newest revision has this template and came before the Deployment's event: this is that event. */
function isAwaited({ entries }: History, fingerprint: string): boolean {
  const newest = entries.get(Math.max(...entries.keys()))
  if (!newest?.awaitsTemplate || newest.deploy.revision.templateFingerprint !== fingerprint) return false
  newest.awaitsTemplate = false
  return true
}

interface Evidence {
  /** The ReplicaSet's creation, if it was made for this revision; null: it was there before and is used again. */
  madeAt: Instant | null
  /** When the revision before it was deployed: it cannot be earlier. */
  previousAt: Instant
  seen: SeenTemplate | null
  how: Sighting
  now: Instant
}

function timeOf({ madeAt, previousAt, seen, how, now }: Evidence): Pick<ObservedDeploy, 'deployedAt' | 'source'> {
  const observedAt = seen?.at ?? now
  if (how === 'first_list') {
    const wasWatched = seen?.how === 'watch' && madeAt !== null && madeAt + LATE_MS >= seen.at
    if (wasWatched) return { deployedAt: observedAt, source: 'watched' }
    return { deployedAt: madeAt ?? previousAt, source: 'replica_set' }
  }
  const sawOnlyAfterwards = how === 'list' && seen?.how !== 'watch'
  if (madeAt !== null && (sawOnlyAfterwards || madeAt + LATE_MS < observedAt)) return { deployedAt: madeAt, source: 'replica_set' }
  return { deployedAt: observedAt, source: 'watched' }
}
