import type { Audited, Caller } from '../core/audit.ts'
import type { Condemnation } from '../core/condemnation.ts'
import { SnapbackError } from '../core/errors.ts'
import type { ReasonCode } from '../core/reason.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

interface TakingBack {
  caller: Caller
  workload: WorkloadRef
  materialFingerprint: string
  reason: string
}

/**
 * A person says that a template was rolled away from wrongly: it may be a target again, and a deploy of it is one like any other.
 *
 * @throws conflict when it is not condemned (any more)
 */
export function takeBackCondemnation(deps: Pick<Deps, 'store' | 'now'>, asked: TakingBack): Promise<Audited<Condemnation>> {
  const { caller, workload, materialFingerprint, reason } = asked
  return deps.store.transaction(async (tx) => {
    // Whoever decides reads the control row FOR SHARE until it has committed: behind this lock no decision is under way that still
    // holds what is given free here.
    await tx.control('update')
    const now = deps.now()
    const workloadId = await tx.workloadId(workload, now)
    const taken = await tx.takeBackCondemnation({ workloadId, materialFingerprint, at: now })
    if (taken === null) throw new SnapbackError('conflict', `${workloadKey(workload)} has no such condemnation (any more); look again`)
    await tx.reevaluateHeld(HELD_BY_CONDEMNATION, now, workloadId)
    const audited = auditDraft(caller, now, {
      action: 'condemnation.take-back',
      target: workloadKey(workload),
      reason,
      before: { condemned: taken.materialFingerprint, images: taken.images, rollback: taken.rollbackId },
      after: null,
    })
    await tx.appendAudit(audited)
    return { result: taken, audited }
  })
}

/** Alerts that a condemnation holds. */
export const HELD_BY_CONDEMNATION: readonly ReasonCode[] = ['current_condemned', 'target_condemned']
