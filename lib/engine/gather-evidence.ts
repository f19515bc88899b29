import type { Labels } from '../core/alert.ts'
import { stageOneHolds } from '../core/decide.ts'
import type { Facts } from '../core/decision.ts'
import { type Evidence, mergeEvidence, type PodEvidence, pickPods } from '../core/evidence.ts'
import { type Instant, isObject, type JsonValue } from '../core/json.ts'
import type { Rollback } from '../core/rollback.ts'
import { pickTarget, targetAsked } from '../core/target-revision.ts'
import { diffTemplates, type TemplateChange } from '../core/template-diff.ts'
import { type PodState, type RevisionRef, type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Deps, EvidenceOf } from '../ports.ts'
import { compareTraffic } from './compare-traffic.ts'
import { lookAtConfigs } from './look-at-configs.ts'
import { within } from './within.ts'

/** As long as stage 2 may take. */
const LIMIT_MS = 2_000

/** What is silent has to be said before nobody listens any more. */
const TO_ANSWER_MS = 100

/** An undo that was decided longer ago than this (a proposal that waited) is looked at again before its patch. */
const LOOK_AGAIN_MS = 5_000

interface Looking {
  workload: WorkloadRef
  revision: RevisionRef
  /** The revision to go back to, else the one before. */
  target: RevisionRef | null
  deployedAt: Instant | null
  /** Of the alert; null: nobody was alerted. */
  labels: Labels | null
}

/**
 * What can be seen of a revision while it is there. Never throws and never takes longer than stage 2: what did not
 * come in time says so.
 */
export async function gatherEvidence(deps: Deps, looking: Looking): Promise<Evidence> {
  const { workload, revision, target, labels, deployedAt } = looking
  const seenAt = deps.now()
  const endsAt = performance.now() + LIMIT_MS
  const leftMs = () => Math.max(1, endsAt - performance.now())
  const inTime = <T, O>(asked: Promise<T>, otherwise: O) => orElse(within(leftMs(), asked), otherwise)
  const templates = inTime(readTemplates(deps, looking), { current: null, target: null })
  // What else changed is looked for beside the pods, and takes no time from them.
  const readConfigs = async () =>
    target === null
      ? null
      : lookAtConfigs(deps, { workload, current: revision, target, templates: await templates, limitMs: leftMs() - TO_ANSWER_MS })
  const beside = Promise.all([
    inTime(readConfigs(), null),
    inTime(compareTraffic(deps, { workload: workload.name, labels, deployedAt }), { state: 'silent' } as const),
  ])
  const [pods, diff] = await Promise.all([inTime(deps.cluster.pods(workload, revision.uid), null), templates.then(diffOf)])
  const looks = (pods === null ? [] : pickPods(pods)).map(async (pod): Promise<PodEvidence> => {
    const seen = await inTime(deps.cluster.inspectPod(workload.namespace, pod.name), { events: 'silent', logs: 'silent' } as const)
    return { ...pod, ...seen }
  })
  const seen = pods === null ? 'silent' : await Promise.all(looks)
  const [configs, traffic] = await beside
  return { revision, target, seenAt, ...counts(pods), pods: seen, diff, configs, traffic }
}

/** The look that belongs to a decision, shared with others of the same revision; null: there is no revision to look at. */
export function lookOnDecision(deps: Deps, facts: Facts): Promise<Evidence> | null {
  const { workload } = facts
  if (workload?.current == null) return null
  const { ref, current, candidates, deploy } = workload
  const labels = facts.trigger.kind === 'alert' ? facts.trigger.labels : null
  const { target } = pickTarget(current, candidates, targetAsked(facts))
  const goesTo = target ?? candidates[0] ?? null
  return shareLook(deps, { workload: ref, revision: current, target: goesTo, labels, deployedAt: deploy?.deployedAt ?? null })
}

/** Whether the look begins before the decision is stored: what may be patched in a moment will have no pods soon. */
export function looksAhead({ looks }: Pick<Deps, 'looks'>, facts: Facts, isFirst: boolean): boolean {
  const mayAct = !facts.control.dryRun && facts.control.mode === 'auto' && !stageOneHolds(facts)
  return isFirst && mayAct && looks.isFree()
}

interface Decided {
  facts: Facts
  incidentId: string
  /** The look, where it began before the decision was stored. */
  ahead: Promise<Evidence> | null
  /** A patch follows. */
  isActing: boolean
}

/** Beside what follows from the decision. A revision that was seen in the incident is looked at again only before it is patched. */
export function keepOfDecision(deps: Deps, { facts, incidentId, ahead, isActing }: Decided): void {
  const uid = facts.workload?.current?.uid
  if (uid === undefined) return
  const of = { incidentId }
  const look = async () => {
    if (ahead !== null) return ahead
    return isActing || !(await wasSeen(deps, of, uid)) ? lookOnDecision(deps, facts) : null
  }
  keepBeside(deps, of, look, isActing)
}

async function wasSeen({ store }: Deps, of: EvidenceOf, revisionUid: string): Promise<boolean> {
  const known = await store.transaction((tx) => tx.evidence(of, revisionUid))
  return known !== null && typeof known.pods !== 'string'
}

/** The last look before the pods are gone, beside the undo, which does not wait for it. */
export function lookBeforeUndo(deps: Deps, { id, phase, incidentId, workload, from, to, clocks }: Rollback): void {
  const isFresh = clocks.decidedAt !== null && deps.now() - clocks.decidedAt <= LOOK_AGAIN_MS
  if (phase !== 'pending' || isFresh) return
  const of = incidentId === null ? { rollbackId: id } : { incidentId }
  const looking = { workload, revision: from, target: to, deployedAt: clocks.deployedAt, labels: null }
  keepBeside(deps, of, () => shareLook(deps, looking), true)
}

/** Keeps a look without anybody waiting for it. */
export function keepBeside(deps: Deps, of: EvidenceOf, look: () => Promise<Evidence | null>, isUrgent: boolean): void {
  const lost = (why: string) => deps.log.warn('evidence.lost', { ...of, why })
  deps.looks.run({ isUrgent, work: () => keepEvidence(deps, of, look), lost })
}

function shareLook(deps: Deps, looking: Looking): Promise<Evidence> {
  const { workload, revision, target } = looking
  return deps.looks.share(`${workloadKey(workload)} ${revision.uid} ${target?.uid}`, deps.now(), () => gatherEvidence(deps, looking))
}

/** Adds a look to what was seen before. A failure costs the look and nothing else. */
async function keepEvidence(deps: Deps, of: EvidenceOf, look: () => Promise<Evidence | null>): Promise<void> {
  try {
    const fresh = await look()
    if (fresh === null) return
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

interface Templates {
  current: JsonValue | null
  target: JsonValue | null
}

async function readTemplates({ cluster }: Deps, { workload, revision, target }: Looking): Promise<Templates> {
  const [current, before] = await Promise.all([
    cluster.template(workload, revision.uid),
    target === null ? null : cluster.template(workload, target.uid),
  ])
  return { current, target: before }
}

function diffOf({ current, target }: Templates): TemplateChange[] | null {
  return current !== null && target !== null && isObject(current) && isObject(target) ? diffTemplates(current, target) : null
}

async function orElse<T, O>(asked: Promise<T>, otherwise: O): Promise<T | O> {
  try {
    return await asked
  } catch {
    return otherwise
  }
}
