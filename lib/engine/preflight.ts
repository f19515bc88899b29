import type { Caller } from '../core/audit.ts'
import { decide, stageOneHolds } from '../core/decide.ts'
import type { Candidate, Trigger } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import { type Preflight, preflightWarnings } from '../core/preflight.ts'
import { diffTemplates } from '../core/template-diff.ts'
import { templateReferences } from '../core/template-references.ts'
import { type DeploymentState, type RevisionRef, type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Deps } from '../ports.ts'
import { readTemplate } from './diff-revisions.ts'
import { askServer, assembleFacts, lookAt } from './gather-facts.ts'
import { lookAtConfigs } from './look-at-configs.ts'

interface Asked {
  caller: Caller
  workload: WorkloadRef
  /** Null: the newest one that is good. */
  toRevisionUid: string | null
}

/**
 * What a rollback by hand would be if it were asked for now: the same facts and the same gates, the server's dry run among them,
 * and what it would change. Opens nothing and changes nothing.
 *
 * @throws not_found when the cluster has no such workload; upstream_unavailable when it does not answer
 */
export async function preflight(deps: Deps, { caller, workload, toRevisionUid }: Asked): Promise<Preflight> {
  const trigger: Trigger = { kind: 'person', actor: caller.actor, reason: 'preflight', toRevisionUid, condemn: false }
  const seen = await lookAt(deps, trigger, workload)
  if (seen.resolution === null)
    throw new SnapbackError('upstream_unavailable', 'kubernetes: it does not answer, or was not read yet', { upstream: 'kubernetes' })
  if (seen.state === null) throw new SnapbackError('not_found', `no workload ${workloadKey(workload)}`)
  const facts = await deps.store.transaction((tx) => assembleFacts(tx, seen, deps.now()))
  const dryRun = stageOneHolds(facts) ? null : await askServer(deps, facts)
  const asked = facts.workload === null ? facts : { ...facts, workload: { ...facts.workload, dryRun } }
  const { effect, reason, checks, target } = decide(asked)
  const from = facts.workload?.current ?? null
  const compared = from === null || target === null ? NOTHING : await compare(deps, { workload, from, to: target, state: seen.state })
  return { workload, from, to: target, effect, reason, checks, ...compared }
}

/** A person waits for it. */
const CONFIGS_LIMIT_MS = 2_000

type Compared = Pick<Preflight, 'changes' | 'warnings' | 'configs'>
const NOTHING: Compared = { changes: [], warnings: [], configs: null }

interface Comparing {
  workload: WorkloadRef
  from: RevisionRef
  to: Candidate
  state: DeploymentState
}

async function compare(deps: Deps, { workload, from, to, state }: Comparing): Promise<Compared> {
  const [before, after] = await Promise.all([readTemplate(deps, workload, from), readTemplate(deps, workload, to)])
  const changes = diffTemplates(before, after)
  const { annotations } = state
  const templates = { current: before, target: after }
  const configs = await lookAtConfigs(deps, { workload, current: from, target: to, templates, limitMs: CONFIGS_LIMIT_MS })
  return { changes, configs, warnings: preflightWarnings({ to, changes, references: templateReferences(after), annotations }) }
}
