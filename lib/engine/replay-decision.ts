import { SnapbackError } from '../core/errors.ts'
import { canonicalJson, type JsonValue } from '../core/json.ts'
import type { Policy } from '../core/policy.ts'
import { type Replay, replay } from '../core/replay.ts'
import type { Cluster, ReadModel } from '../ports.ts'
import { type PolicyEdit, policyToReplay } from './replay-policy.ts'

interface ReplayDeps {
  read: Pick<ReadModel, 'decision' | 'policies'>
  cluster: Pick<Cluster, 'deployment'>
}

interface ReplayView extends Replay {
  decisionId: string
  /** What it was replayed with. */
  policy: Policy
  /** What it was decided by. A record that is older than a field has not got it. */
  recorded: Partial<Policy>
  /** Fields in which the two differ. */
  changed: (keyof Policy)[]
}

/**
 * What the policy that holds now, or an edit of it, would have decided on the facts of a decision. Changes nothing.
 *
 * @throws not_found
 */
export async function replayDecision(deps: ReplayDeps, { id, edit }: { id: string; edit: PolicyEdit | null }): Promise<ReplayView> {
  const [record, stored] = await Promise.all([deps.read.decision(id), deps.read.policies()])
  if (record === null) throw new SnapbackError('not_found', `there is no decision ${id}`)
  const policy = policyToReplay({ stored, cluster: deps.cluster, workload: record.workload, edit })
  const recorded: Partial<Policy> = record.facts.policy
  const fields = Object.keys(policy) as (keyof Policy)[]
  const changed = fields.filter((field) => !isSame(policy[field], recorded[field]))
  return { ...replay(record, policy), decisionId: id, policy, recorded, changed }
}

/** The database gives keys back in an order of its own. Undefined: a record that is older than the field. */
function isSame<V extends Policy[keyof Policy]>(one: V, other: V | undefined): boolean {
  return other !== undefined && canonicalJson(one as JsonValue) === canonicalJson(other as JsonValue)
}
