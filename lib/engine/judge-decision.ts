import type { Audited, Caller } from '../core/audit.ts'
import type { Condemnation } from '../core/condemnation.ts'
import type { DecisionInList } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant, JsonValue } from '../core/json.ts'
import { type Judgement, type JudgementWord, type Unjudgeable, whyNotJudgeable } from '../core/judgement.ts'
import type { ReasonCode } from '../core/reason.ts'
import type { Rollback } from '../core/rollback.ts'
import { workloadKey } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'
import { HELD_BY_CONDEMNATION } from './take-back-condemnation.ts'

interface Judging {
  caller: Caller
  id: string
  judgement: JudgementWord
  /** `wrong` has one. */
  note: string | null
  /** Of the judgement that the caller saw; 0: there was none. */
  version: number
}

interface Judged {
  judgement: Judgement
  /** The condemnation that ended by this. */
  takenBack: Condemnation | null
  /** Whether what the rollback rolled away from is condemned now; null: there is no rollback. */
  condemned: boolean | null
}

/**
 * A person says whether a decision on an alert was right. `wrong` takes the condemnation back that came of it, in the same transaction;
 * saying `right` later does not condemn again: only a rollback does.
 *
 * @throws not_found; conflict for what is not judged (by hand, ignored), and when somebody else judged meanwhile
 */
export function judgeDecision(
  deps: Pick<Deps, 'store' | 'now'>,
  { caller, id, judgement, note, version }: Judging,
): Promise<Audited<Judged>> {
  return deps.store.transaction(async (tx) => {
    // As for a condemnation taken back: behind this lock no decision is under way that still holds what is given free here.
    if (judgement === 'wrong') await tx.control('update')
    const now = deps.now()
    const decision = await judgeable(tx, id)
    const saved = await tx.saveJudgement(id, version, { judgement, note, actor: caller.actor, judgedAt: now })
    if (saved === null) {
      throw new SnapbackError(
        'conflict',
        `the judgement of decision ${id} is at version ${decision.judgement?.version ?? 0}, not ${version}; look again`,
      )
    }
    const rollback = decision.rollbackId === null ? null : await tx.rollback(decision.rollbackId)
    const takenBack = judgement === 'wrong' ? await giveFree(tx, { decision, rollback, at: now }) : null
    const audited = auditDraft(caller, now, {
      action: 'decision.judge',
      target: decision.workload === null ? `decision ${id}` : workloadKey(decision.workload),
      reason: note,
      before: asRecord(decision.judgement),
      after: { decision: id, judgement, condemnationTakenBack: takenBack?.materialFingerprint ?? null, images: takenBack?.images ?? [] },
    })
    await tx.appendAudit(audited)
    await tell(tx, { decision, judgement: saved, takenBack })
    const condemned = rollback && (await tx.condemnedOf(rollback.workloadId)).has(rollback.from.materialFingerprint)
    return { result: { judgement: saved, takenBack, condemned }, audited }
  })
}

const REFUSED: Record<Unjudgeable, string> = {
  by_hand: 'a person asked for it: only what an alert led to is judged',
  ignored: 'the alert asked for nothing, so nothing was decided',
}

async function judgeable(tx: Tx, id: string): Promise<DecisionInList> {
  const decision = await tx.decision(id)
  if (decision === null) throw new SnapbackError('not_found', `there is no decision ${id}`)
  const why = whyNotJudgeable(decision)
  if (why !== null) throw new SnapbackError('conflict', `decision ${id} cannot be judged: ${REFUSED[why]}`)
  return decision
}

interface Freeing {
  decision: DecisionInList
  rollback: Rollback | null
  at: Instant
}

/** What was blamed wrongly is a revision like any other again: not condemned any more, and a target as soon as it has served. */
async function giveFree(tx: Tx, { decision, rollback, at }: Freeing): Promise<Condemnation | null> {
  const { workloadId, verdict } = decision
  // The rollback's row before those of episodes, as whoever advances it takes them.
  if (rollback !== null) await stopCondemning(tx, rollback)
  const taken = rollback && (await tx.takeBackCondemnation({ ...condemnedBy(rollback), at }))
  // One call: episodes are locked in one order, as deliveries lock them.
  const reasons: ReasonCode[] = [...(verdict === 'roll_back' ? (['target_unproven'] as const) : []), ...(taken ? HELD_BY_CONDEMNATION : [])]
  if (workloadId !== null && reasons.length > 0) await tx.reevaluateHeld(reasons, at, workloadId)
  return taken
}

function condemnedBy({ id, workloadId, from }: Rollback) {
  return { workloadId, materialFingerprint: from.materialFingerprint, rollbackId: id }
}

/** One that has not sent its patch yet condemns nothing when it does. Whoever advances it meanwhile is first, or loses and looks again. */
async function stopCondemning(tx: Tx, rollback: Rollback): Promise<void> {
  let latest: Rollback | null = rollback
  while (latest?.condemns && !(await tx.updateRollback(latest.id, latest.version, { condemns: false }))) {
    latest = await tx.rollback(latest.id)
  }
}

function asRecord(before: Judgement | null): JsonValue {
  return before && { judgement: before.judgement, note: before.note }
}

interface Telling {
  decision: DecisionInList
  judgement: Judgement
  takenBack: Condemnation | null
}

/** An alert that led to no workload has no incident, and nobody to tell. */
async function tell(tx: Tx, { decision, judgement, takenBack }: Telling): Promise<void> {
  const { id, incidentId, rollbackId } = decision
  if (incidentId === null && rollbackId === null) return
  const condemnation = takenBack === null ? 'kept' : 'taken_back'
  const data = { judgement: judgement.judgement, note: judgement.note ?? '', condemnation, decisionId: id }
  await tx.appendTimeline({ kind: 'judged', at: judgement.judgedAt, actor: judgement.actor, data }, { incidentId, rollbackId })
}
