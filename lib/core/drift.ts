import type { Deploy } from './deploy.ts'
import type { Instant } from './json.ts'
import type { Owner } from './owner.ts'
import type { RevisionRef } from './workload.ts'

/** The undo that changed a workload last, and who owned the workload when it was decided. */
export interface LastUndo {
  rollbackId: string
  incidentId: string | null
  undoneAt: Instant
  from: RevisionRef
  to: RevisionRef
  /** Null: nobody that we knew. */
  owner: Owner | null
}

/**
 * After an undo of an owned workload. `drifted`: the cluster runs what the undo put there and the source, as far as anybody can tell,
 * still wants what was rolled away from. `reverted`: what was rolled away from runs again: they agree, on the bad version.
 */
export interface Drift {
  state: 'drifted' | 'reverted'
  rollbackId: string
  incidentId: string | null
  undoneAt: Instant
  /** With the numbers that they had when it was decided. */
  from: RevisionRef
  to: RevisionRef
  owner: Owner
  /** Since when the other runs again; null: it does not. */
  revertedAt: Instant | null
}

/** An undo whose template an admission webhook rewrites runs something else than its target: its own deploy is seen within this. */
const OWN_DEPLOY_MS = 2_000

interface Seen {
  undo: LastUndo | null
  /** The newest deploy on record. */
  current: Deploy | null
  /** Who owns it now; undefined: not looked at, and who did then counts. */
  owner?: Owner | null
}

/**
 * Whether source and cluster differ since the last undo. Nothing is stored for it: it follows from the undo, what was deployed since, and
 * what the owner says. It ends when something else is deployed, when nobody owns the workload any more, and when the owner says that
 * the cluster is as it wants it. A source that was reverted and changes nothing in the cluster is seen only by the owner's word.
 */
export function driftOf({ undo, current, owner }: Seen): Drift | null {
  if (undo === null || undo.owner === null || current === null || owner === null) return null
  const { owner: _, ...of } = undo
  const { undoneAt, from, to } = of
  const now = owner ?? undo.owner
  const drift = { ...of, owner: now }
  const runs = current.revision.materialFingerprint
  if (runs === from.materialFingerprint && current.deployedAt > undoneAt) {
    return { state: 'reverted', ...drift, revertedAt: current.deployedAt }
  }
  const isOurs = runs === to.materialFingerprint || current.deployedAt <= undoneAt + OWN_DEPLOY_MS
  return isOurs && !agrees(undo.owner, now, undoneAt) ? { state: 'drifted', ...drift, revertedAt: null } : null
}

/** The owner compared after the undo and found what it wants, or has deployed since and left it: then that is what it wants. */
function agrees(then: Owner, now: Owner, undoneAt: Instant): boolean {
  if (now.comparedAt !== undefined && now.comparedAt > undoneAt) return now.inSync === true
  // Argo CD's revision is what it compares with, deployed or not; an owner that leaves the Deployment alone deploys past it.
  const deploys = (now.kind === 'flux_kustomization' || now.kind === 'flux_helm_release') && now.undo !== 'sticks'
  if (!deploys || now.kind !== then.kind || now.name !== then.name) return false
  return then.revision !== undefined && now.revision !== undefined && then.revision !== now.revision
}
