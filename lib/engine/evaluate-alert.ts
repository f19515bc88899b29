import { ENGINE } from '../core/actor.ts'
import { alertName, type Episode } from '../core/alert.ts'
import { ASK_AGAIN_FOR_MS, decide, stageOneHolds } from '../core/decide.ts'
import type { Decision, Facts } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import { LOOKED_AT_AGAIN } from '../core/gates/ask-later.ts'
import type { Instant } from '../core/json.ts'
import type { Rollback } from '../core/rollback.ts'
import type { Deps, Tx } from '../ports.ts'
import { askOutside, type StageTwo } from './ask-outside.ts'
import { closeIncidentIfQuiet } from './close-incident.ts'
import { confirmEnd } from './confirm-end.ts'
import { keepOfDecision, lookOnDecision, looksAhead } from './gather-evidence.ts'
import { assembleFacts, factsUnderLock, lookAround, type Surroundings } from './gather-facts.ts'
import { gatherOthers, haveMoreBegun } from './gather-others.ts'
import { openRollback } from './open-rollback.ts'
import { recordDeploysOf } from './record-deploys.ts'

/**
 * Decides an episode that is due: gathers facts, decides, stores the decision and opens what it led to.
 * Idempotent: whoever comes second finds it decided, or loses the guarded update.
 *
 * @returns the rollback that it opened and that can go on at once; null: none
 */
export async function evaluateAlert(deps: Deps, episodeId: string): Promise<string | null> {
  const episode = await deps.store.transaction((tx) => tx.episode(episodeId))
  if (episode === null || episode.nextEvaluationAt === null || episode.nextEvaluationAt > deps.now()) return null
  if (episode.status === 'resolved' && episode.askAgainUntil !== null) {
    await confirmEnd(deps, episode)
    return null
  }
  if (episode.status === 'resolved' && episode.incidentId !== null) {
    await settleResolved(deps, episode, episode.incidentId)
    return null
  }

  const seen = await lookAround(deps, episode)
  const facts = await deps.store.transaction(async (tx) => {
    if (seen.resolution?.kind === 'found') await recordDeploysOf(deps, tx, seen.resolution.workload)
    return assembleFacts(tx, seen, deps.now())
  })
  const ahead = looksAhead(deps, facts, episode.incidentId === null) ? lookOnDecision(deps, facts) : null
  const asked = stageOneHolds(facts) ? NOT_ASKED : await askOutside(deps, facts, seen)
  deps.reached('evaluation-gathered')
  const stored = await storeOnAll(deps, episode, { ...seen, ...asked })
  if (stored === null) return null
  deps.reached('decision-stored')
  const { incidentId, rollback } = stored
  const goesOn = rollback?.phase === 'pending'
  if (incidentId !== null) keepOfDecision(deps, { facts, incidentId, ahead, isActing: goesOn && !rollback.dryRun })
  deps.meter.decided(stored.decision)
  if (rollback !== null) deps.meter.rollbackOpened(rollback)
  deps.log.info('decided', {
    episode: episode.id,
    alert: alertName(episode.labels),
    verdict: stored.decision.verdict,
    effect: stored.decision.effect,
    reason: stored.decision.reason,
    rollback: rollback?.id,
  })
  return goesOn ? rollback.id : null
}

const NOT_ASKED: StageTwo = { dryRun: null, outside: null }

/** The condition is over: the incident that it belongs to may be over too. */
async function settleResolved(deps: Deps, episode: Episode, incidentId: string): Promise<void> {
  const now = deps.now()
  await deps.store.transaction(async (tx) => {
    await tx.incident(incidentId, 'update')
    if (!(await tx.updateEpisode(episode.id, episode.version, { nextEvaluationAt: null }))) return
    const at = episode.resolvedAt ?? now
    await tx.appendTimeline(
      { kind: 'alert_resolved', at, actor: { kind: 'webhook' }, data: { alert: alertName(episode.labels) } },
      { incidentId, rollbackId: null },
    )
    await closeIncidentIfQuiet(tx, incidentId, now)
  })
}

interface Stored {
  decision: Decision
  rollback: Rollback | null
  incidentId: string | null
}

interface Storing {
  episode: Episode
  seen: Surroundings
  now: Instant
}

/** So often the others are looked up again because more alerts have come meanwhile. */
const LOOKS = 5

/** Stores a decision that counts every alert that was stored before it. */
async function storeOnAll(deps: Deps, episode: Episode, seen: Surroundings): Promise<Stored | null> {
  let latest = seen
  for (let look = 0; look < LOOKS; look += 1) {
    const stored = await deps.store.transaction((tx) => storeDecision(tx, { episode, seen: latest, now: deps.now() }))
    if (stored !== 'more_began') return stored
    if (latest.others) latest = { ...latest, others: await gatherOthers(deps, latest.others.asking) }
  }
  throw new SnapbackError('conflict', `alerts came faster than episode ${episode.id} was decided; it is decided again`)
}

/**
 * Decides again under the lock, on what Postgres says now, and stores it with all that follows. Null: someone
 * else decided this episode meanwhile. `more_began`: so did trouble of others that nobody has counted yet; nothing was stored.
 */
async function storeDecision(tx: Tx, { episode, seen, now }: Storing): Promise<Stored | 'more_began' | null> {
  const facts = await factsUnderLock(tx, seen, now)
  if (seen.others && !stageOneHolds(facts) && (await haveMoreBegun(tx, seen.others))) return 'more_began'
  if ((await tx.episode(episode.id))?.version !== episode.version) return null
  const decision = decide(facts)
  // An episode that belongs to an incident stays in it, also while its workload cannot be found.
  const workloadId = facts.workload === null ? episode.workloadId : await tx.workloadId(facts.workload.ref, now)
  const incidentId =
    workloadId === null || decision.verdict === 'ignore' ? null : await joinIncident(tx, { episode, facts, workloadId, now })
  // The rollback may have ended while this waited for the incident's row: what it held was asked again then, but not yet this one.
  if (facts.workload?.openRollbackId != null && workloadId !== null && (await tx.openRollbackOf(workloadId)) === null) {
    throw new SnapbackError('conflict', `the rollback that held episode ${episode.id} has just ended; it is decided again`)
  }
  const again = nextEvaluation(episode, decision, now)
  if (!(await tx.updateEpisode(episode.id, episode.version, { workloadId, incidentId, ...again }))) {
    // Thrown, so that nothing of this transaction stays: it may have opened an incident that no episode belongs to.
    throw new SnapbackError('conflict', `episode ${episode.id} changed while it was decided; it is decided again`)
  }
  const decisionId = await tx.insertDecision({
    ...decision,
    trigger: 'alert',
    episodeId: episode.id,
    incidentId,
    workloadId,
    decidedAt: now,
    facts,
  })
  const isAskedAgain = episode.askAgainUntil !== null && again.askAgainUntil !== null
  if (incidentId !== null && !isAskedAgain && !isFoundAgain(decision, facts))
    await tellDecision(tx, { decision, decisionId, incidentId, now })
  if (again.nextEvaluationAt !== null) await tx.enqueue('evaluate-alert', episode.id, again.nextEvaluationAt)
  const rollback =
    workloadId === null ? null : await openRollback(tx, { facts, decision, decisionId, workloadId, incidentId, now, goesOn: true })
  if (episode.status === 'resolved' && incidentId !== null) await closeIncidentIfQuiet(tx, incidentId, now)
  return { decision, rollback, incidentId }
}

interface Joining {
  episode: Episode
  facts: Facts
  workloadId: string
  now: Instant
}

/** A further alert of the workload joins the incident that is open. */
async function joinIncident(tx: Tx, { episode, facts, workloadId, now }: Joining): Promise<string> {
  // Its row is locked in both cases: whoever wants to close it looks again after this episode.
  if (episode.incidentId !== null) return (await tx.incident(episode.incidentId, 'update'))?.id ?? episode.incidentId
  const onset = facts.trigger.kind === 'alert' ? facts.trigger.onset : { at: episode.startsAt, source: 'starts_at' as const }
  const incident =
    (await tx.openIncident(workloadId, 'update')) ??
    (await tx.insertIncident({ workloadId, openedAt: now, startedAt: onset.at, startedAtSource: onset.source }))
  const of = { incidentId: incident.id, rollbackId: null }
  const data = { alert: alertName(episode.labels), summary: episode.annotations['summary'] ?? null }
  await tx.appendTimeline({ kind: 'alert_fired', at: episode.receivedAt, actor: { kind: 'webhook' }, data }, of)
  if (episode.truncatedAlerts > 0) {
    await tx.appendTimeline(
      { kind: 'deliveries_truncated', at: episode.receivedAt, actor: { kind: 'webhook' }, data: { alerts: episode.truncatedAlerts } },
      of,
    )
  }
  return incident.id
}

/**
 * When to decide again: when the last timed hold ends, however late that is; an open question every 15 s, for ten minutes
 * and no longer.
 */
function nextEvaluation(episode: Episode, decision: Decision, now: Instant): Pick<Episode, 'nextEvaluationAt' | 'askAgainUntil'> {
  const at = episode.status === 'firing' ? decision.decideAgainAt : null
  const isEndOfHold = decision.checks.some((check) => check.answer === 'hold' && check.endsAt === at)
  if (at === null || isEndOfHold) return { nextEvaluationAt: at, askAgainUntil: null }
  const until = episode.askAgainUntil ?? now + ASK_AGAIN_FOR_MS
  return { nextEvaluationAt: at <= until ? at : null, askAgainUntil: until }
}

interface Telling {
  decision: Decision
  decisionId: string
  incidentId: string
  now: Instant
}

/** A look that finds the same hold as the last one. */
function isFoundAgain({ reason }: Decision, { outside }: Facts): boolean {
  return LOOKED_AT_AGAIN.has(reason) && outside?.lastHeld?.reason === reason
}

/** The same open question asked again every 15 s, or a silence looked at each minute, would bury the timeline, so it is not told; the decisions are all kept. */
async function tellDecision(tx: Tx, { decision, decisionId, incidentId, now }: Telling): Promise<void> {
  const { verdict, effect, reason } = decision
  await tx.appendTimeline(
    { kind: 'decided', at: now, actor: ENGINE, data: { verdict, effect, reason, decisionId } },
    { incidentId, rollbackId: null },
  )
}
