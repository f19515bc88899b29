import { DEFAULT_POLICY, type Policy, type StoredPolicy } from '../core/policy.ts'
import type { Deps } from '../ports.ts'

/** What every scope sets, and the defaults below them. */
export async function readPolicies(deps: Pick<Deps, 'read'>): Promise<{ defaults: Policy; policies: StoredPolicy[] }> {
  return { defaults: DEFAULT_POLICY, policies: await deps.read.policies() }
}
