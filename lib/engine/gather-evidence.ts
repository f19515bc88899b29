import type { Facts } from '../core/decision.ts'
import { type Evidence, mergeEvidence, type PodEvidence, pickPods } from '../core/evidence.ts'
import { isObject } from '../core/json.ts'
import type { Rollback } from '../core/rollback.ts'
import { pickTarget } from '../core/target-revision.ts'
import { diffTemplates, type TemplateChange } from '../core/template-diff.ts'
import type { PodState, RevisionRef, WorkloadRef } from '../core/workload.ts'
import type { Deps, EvidenceOf } from '../ports.ts'
import { within } from './within.ts'

/** As long as stage 2 may take. */
const LIMIT_MS = 2_000

/** An undo that was decided longer ago than this (a proposal that waited) is looked at again before its patch. */
const LOOK_AGAIN_MS = 5_000

interface Looking {
  workload: WorkloadRef
  revision: RevisionRef
  /** The revision to go back to, else the one before. */
  target: RevisionRef | null
}

/**
 * What can be seen of a revision while it is there. Never throws and never takes longer than stage 2: what did not
 * come in time says so.
 */
export async function gatherEvidence(deps: Deps, { workload, revision, target }: Looking): Promise<Evidence> {
  const seenAt = deps.now()
  const endsAt = performance.now() + LIMIT_MS
  const inTime = <T, O>(asked: Promise<T>, otherwise: O) => orElse(within(Math.max(1, endsAt - performance.now()), asked), otherwise)
  const [pods, diff] = await Promise.all([
    inTime(deps.cluster.pods(workload, revision.uid), null),
    inTime(readDiff(deps, { workload, revision, target }), null),
  ])
  const looks = (pods === null ? [] : pickPods(pods)).map(async (pod): Promise<PodEvidence> => {
    const seen = await inTime(deps.cluster.inspectPod(workload.namespace, pod.name), { events: 'silent', logs: 'silent' } as const)
    return { ...pod, ...seen }
  })
  return { revision, target, seenAt, ...counts(pods), pods: pods === null ? 'silent' : await Promise.all(looks), diff }
}

/** The look that belongs to a decision; null: there is no revision to look at. */
export function lookOnDecision(deps: Deps, { workload, trigger }: Facts): Promise<Evidence> | null {
  if (workload?.current == null) return null
  const { ref, current, candidates } = workload
  const { target } = pickTarget(current, candidates, trigger.kind === 'person' ? trigger.toRevisionUid : null)
  return gatherEvidence(deps, { workload: ref, revision: current, target: target ?? candidates[0] ?? null })
}

/** The last look before the pods are gone, beside the undo, which does not wait for it. */
export function lookBeforeUndo(deps: Deps, { id, phase, incidentId, workload, from, to, clocks }: Rollback): void {
  const isFresh = clocks.decidedAt !== null && deps.now() - clocks.decidedAt <= LOOK_AGAIN_MS
  if (phase !== 'pending' || isFresh) return
  const look = gatherEvidence(deps, { workload, revision: from, target: to })
  void keepEvidence(deps, incidentId === null ? { rollbackId: id } : { incidentId }, look)
}

/** Adds a look to what was seen before. A failure costs the look and nothing else. */
export async function keepEvidence(deps: Deps, of: EvidenceOf, look: Promise<Evidence>): Promise<void> {
  try {
    const fresh = await look
    await deps.store.transaction(async (tx) => {
      await tx.saveEvidence(of, mergeEvidence(await tx.evidence(of, fresh.revision.uid), fresh))
    })
  } catch (error) {
    deps.log.warn('evidence.lost', { ...of, error })
  }
}

function counts(pods: readonly PodState[] | null): Pick<Evidence, 'podCount' | 'readyCount'> {
  if (pods === null) return { podCount: null, readyCount: null }
  return { podCount: pods.length, readyCount: pods.filter(({ ready }) => ready).length }
}

async function readDiff(deps: Deps, { workload, revision, target }: Looking): Promise<TemplateChange[] | null> {
  if (target === null) return null
  const [before, after] = await Promise.all([deps.cluster.template(workload, revision.uid), deps.cluster.template(workload, target.uid)])
  if (before === null || after === null || !isObject(before) || !isObject(after)) return null
  return diffTemplates(before, after)
}

async function orElse<T, O>(asked: Promise<T>, otherwise: O): Promise<T | O> {
  try {
    return await asked
  } catch {
    return otherwise
  }
}
