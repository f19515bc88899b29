import type { Audited, Caller } from '../core/audit.ts'
import { decide, stageOneHolds } from '../core/decide.ts'
import type { DecisionRecord, Trigger } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Rollback } from '../core/rollback.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'
import { keepBeside, lookOnDecision } from './gather-evidence.ts'
import { askServer, assembleFacts, factsUnderLock, lookAt, type Surroundings } from './gather-facts.ts'
import { openRollback } from './open-rollback.ts'
import { recordDeploysOf } from './record-deploys.ts'

interface Request {
  caller: Caller
  workload: WorkloadRef
  /** Null: the newest one that is good. */
  toRevisionUid: string | null
  reason: string
  condemn: boolean
}

interface Requested {
  decision: DecisionRecord
  /** Null: it was held, and the decision says why. */
  rollback: Rollback | null
}

/**
 * A rollback by hand. Works while automation is paused, simulates in dry run, spends no budget, condemns
 * nothing unless asked to.
 *
 * @throws not_found when the cluster has no such workload; upstream_unavailable while it is not known
 */
export async function requestRollback(deps: Deps, request: Request): Promise<Audited<Requested>> {
  const { caller, workload, toRevisionUid, reason, condemn } = request
  const trigger: Trigger = { kind: 'person', actor: caller.actor, reason, toRevisionUid, condemn }
  const seen = await lookAt(deps, trigger, workload)
  if (seen.resolution === null) throw new SnapbackError('upstream_unavailable', 'kubernetes: not read yet', { upstream: 'kubernetes' })
  if (seen.state === null) throw new SnapbackError('not_found', `no workload ${workloadKey(workload)}`)
  const facts = await deps.store.transaction(async (tx) => {
    await recordDeploysOf(deps, tx, workload)
    return assembleFacts(tx, seen, deps.now())
  })
  const look = lookOnDecision(deps, facts)
  const dryRun = stageOneHolds(facts) ? null : await askServer(deps, facts)
  const stored = await deps.store.transaction((tx) => storeRequest(tx, { request, seen: { ...seen, dryRun }, now: deps.now() }))
  deps.meter.decided(stored.result.decision)
  if (stored.result.rollback !== null) deps.meter.rollbackOpened(stored.result.rollback)
  deps.reached('rollback-opened')
  const { rollback } = stored.result
  const of = rollback && (rollback.incidentId === null ? { rollbackId: rollback.id } : { incidentId: rollback.incidentId })
  if (look && of) keepBeside(deps, of, () => look, true)
  return stored
}

interface Storing {
  request: Request
  seen: Surroundings
  now: number
}

async function storeRequest(tx: Tx, { request, seen, now }: Storing): Promise<Audited<Requested>> {
  const facts = await factsUnderLock(tx, seen, now)
  const outcome = decide(facts)
  const workloadId = await tx.workloadId(request.workload, now)
  const incidentId = (await tx.openIncident(workloadId, 'update'))?.id ?? null
  const draft = { ...outcome, trigger: 'person' as const, episodeId: null, incidentId, workloadId, decidedAt: now, facts }
  const decisionId = await tx.insertDecision(draft)
  const rollback = await openRollback(tx, { facts, decision: outcome, decisionId, workloadId, incidentId, now, goesOn: false })
  const decision: DecisionRecord = {
    ...draft,
    id: decisionId,
    workload: request.workload,
    rollbackId: rollback?.id ?? null,
    judgement: null,
  }
  const audited = auditDraft(request.caller, now, {
    action: 'rollback.request',
    target: workloadKey(request.workload),
    reason: request.reason,
    before: { revision: facts.workload?.current?.number ?? null },
    after: { decision: decisionId, effect: outcome.effect, rollback: rollback?.id ?? null, revision: outcome.target?.number ?? null },
  })
  await tx.appendAudit(audited)
  return { result: { decision, rollback }, audited }
}
