import { isDryRun, pauseOf } from '../core/control.ts'
import { SnapbackError } from '../core/errors.ts'
import type { KillPoint } from '../core/kill-point.ts'
import type { Observation } from '../core/observation.ts'
import { hasEnded, type Rollback } from '../core/rollback.ts'
import { PHASE_LIMIT_MS, step } from '../core/rollback-machine.ts'
import { type RolloutStatus, rolloutStatus } from '../core/rollout-status.ts'
import type { Transition } from '../core/transition.ts'
import type { UndoRequest } from '../core/undo.ts'
import { ROLLBACK_ID_ANNOTATION, servingRevision } from '../core/workload.ts'
import type { Deps } from '../ports.ts'
import { lookBeforeUndo } from './gather-evidence.ts'
import { modeOf } from './mode-of.ts'
import { observeHealth } from './observe-health.ts'
import { releaseBudget } from './release-budget.ts'
import { isSilent } from './silent.ts'
import { storeTransition } from './store-transition.ts'

/** More steps than this in a row would be a Deployment that changes faster than it can be patched. */
const STEPS_IN_A_ROW = 10

/**
 * Takes the steps of a rollback that are due, one after the other: whoever took one goes on at once, without the
 * queue's hop. Whatever dies in between, the row says where to go on, and looking again is safe.
 */
export async function advanceRollback(deps: Deps, rollbackId: string): Promise<void> {
  for (let steps = 0; steps < STEPS_IN_A_ROW; steps += 1) {
    if (!(await takeStep(deps, rollbackId))) return
  }
}

/** Looks at the world, asks the machine, stores the transition. False: nothing was due, or someone else was faster. */
async function takeStep(deps: Deps, rollbackId: string): Promise<boolean> {
  const rollback = await deps.store.transaction((tx) => tx.rollback(rollbackId))
  if (rollback === null || rollback.nextStepAt === null || rollback.nextStepAt > deps.now()) return false
  lookBeforeUndo(deps, rollback)
  const after = rollback.phase === 'pending' ? await beginUndo(deps, rollback) : await observeAndStep(deps, rollback)
  if (after === null) return false
  deps.reached(hasEnded(after.phase) ? 'ended-stored' : storedPoint(after))
  report(deps, rollback, after)
  await releaseBudget(deps, rollback, after)
  return true
}

/**
 * `pending → undoing` reads the control row FOR SHARE in the transaction that stores it: once a pause or a change of
 * policy is answered, no patch starts that it forbids.
 */
function beginUndo(deps: Deps, rollback: Rollback): Promise<Rollback | null> {
  return deps.store.transaction(async (tx) => {
    const control = await tx.control('share')
    const now = deps.now()
    const observation: Observation = {
      kind: 'control',
      paused: pauseOf(control, rollback.workload, now) !== null,
      enabled: control.enabled,
      dryRun: isDryRun(control, now),
      mode: await modeOf(deps, tx, rollback.workload),
    }
    const transition = step(rollback, observation, now)
    return transition && storeTransition(tx, rollback, transition, { now, goesOn: true })
  })
}

async function observeAndStep(deps: Deps, rollback: Rollback): Promise<Rollback | null> {
  const observation = await observe(deps, rollback)
  const now = deps.now()
  const transition: Transition | null = step(rollback, observation, now)
  if (transition === null) return null
  return deps.store.transaction((tx) => storeTransition(tx, rollback, transition, { now, goesOn: true }))
}

async function observe(deps: Deps, rollback: Rollback): Promise<Observation> {
  try {
    switch (rollback.phase) {
      case 'undoing':
        return await sendPatch(deps, rollback)
      case 'progressing':
        return await watchRollout(deps, rollback)
      case 'verifying':
        return await verify(deps, rollback)
      default:
        return { kind: 'time' }
    }
  } catch (error) {
    if (isSilent(error)) return { kind: 'silent', upstream: error.upstream ?? 'unknown', message: error.message }
    if (error instanceof SnapbackError && error.code === 'storage_unavailable') throw error
    // An answer that nobody foresaw must not keep a rollback open for ever: it counts as unseen, up to the phase's end.
    deps.log.error('observation.failed', { rollback: rollback.id, phase: rollback.phase, error })
    return { kind: 'time' }
  }
}

/** The intent is stored already. Sent again after a crash, the annotation tells that it arrived. */
async function sendPatch(deps: Deps, rollback: Rollback): Promise<Observation> {
  if (deps.now() - rollback.phaseSince > PHASE_LIMIT_MS.undoing) return lookForPatch(deps, rollback)
  const outcome = await deps.cluster.undo(undoRequest(rollback))
  deps.reached('patch-accepted')
  return { kind: 'undo', outcome }
}

/** Too late to send: the workload may have recovered since. If our template is there, the patch had arrived in time. */
async function lookForPatch(deps: Deps, rollback: Rollback): Promise<Observation> {
  const state = await deps.cluster.read(rollback.workload)
  if (state === null || state.uid !== rollback.deploymentUid) return { kind: 'workload_gone' }
  const applied = { kind: 'applied', at: null, alreadyThere: true } as const
  if (rollback.dryRun) return { kind: 'time' }
  if (state.templateFingerprint === rollback.to.templateFingerprint) return { kind: 'undo', outcome: applied }
  // Rewritten on its way in: nobody has changed it since while the generation is the one after our patch.
  const isOurs = state.annotations[ROLLBACK_ID_ANNOTATION] === rollback.id && state.generation === rollback.generation + 1
  return isOurs ? { kind: 'undo', outcome: { ...applied, landedFingerprint: state.templateFingerprint } } : { kind: 'time' }
}

function undoRequest({ id, workload, deploymentUid, generation, from, to, dryRun }: Rollback): UndoRequest {
  return { rollbackId: id, workload, deploymentUid, generation, from, to, dryRun }
}

const UNSEEN: RolloutStatus = { state: 'progressing', message: 'the ReplicaSet of the template was not seen yet' }

async function watchRollout(deps: Deps, rollback: Rollback): Promise<Observation> {
  const state = await deps.cluster.read(rollback.workload)
  if (state === null || state.uid !== rollback.deploymentUid) return { kind: 'workload_gone' }
  const serving = servingRevision(state, deps.cluster.revisions(rollback.workload), rollback.to)
  const status = serving === null ? UNSEEN : rolloutStatus(state.rollout, rollback.clocks.undoneAt)
  const pods = status.state === 'complete' && serving ? await deps.cluster.pods(rollback.workload, serving.uid) : []
  deps.reached('rollout-seen')
  const restarts = Object.fromEntries(pods.map((pod) => [pod.name, pod.restarts]))
  const other = serving !== null && serving.uid !== rollback.to.uid ? { serving } : {}
  return { kind: 'rollout', templateFingerprint: state.templateFingerprint, status, restarts, ...other }
}

async function verify(deps: Deps, rollback: Rollback): Promise<Observation> {
  const state = await deps.cluster.read(rollback.workload)
  if (state === null || state.uid !== rollback.deploymentUid) return { kind: 'workload_gone' }
  const { incidentId } = rollback
  const episodes = incidentId === null ? [] : await deps.store.transaction((tx) => tx.episodesOfIncident(incidentId))
  const restoredAt = rollback.clocks.restoredAt ?? rollback.phaseSince
  const seen = await observeHealth(deps, { rollback, state, episodes, restoredAt })
  deps.reached('health-seen')
  return { kind: 'health', templateFingerprint: state.templateFingerprint, seen }
}

function storedPoint(after: Rollback): KillPoint {
  if (after.phase === 'undoing') return 'undoing-stored'
  if (after.phase === 'progressing') return 'undone-stored'
  return 'restored-stored'
}

function report(deps: Deps, before: Rollback, after: Rollback): void {
  if (before.phase === after.phase) return
  deps.log.info('rollback', { rollback: after.id, incident: after.incidentId, phase: after.phase, outcome: after.outcome?.reason })
  if (hasEnded(after.phase)) deps.meter.rollbackEnded(after)
}
