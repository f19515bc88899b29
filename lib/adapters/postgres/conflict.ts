import { SnapbackError } from '../../core/errors.ts'
import type { ErrorLink } from './error-chain.ts'

/** What each constraint of the migrations stands for, in words for a person. */
const CONFLICTS: Readonly<Record<string, string>> = {
  episode_one_open_per_fingerprint: 'an episode of this alert is open already',
  incident_one_open_per_workload: 'an incident of this workload is open already',
  rollback_one_open_per_workload: 'a rollback of this workload is open already',
  rollback_one_proposed_per_workload: 'a rollback of this workload is proposed already',
  rollback_decision_id_key: 'this decision has led to a rollback already',
  user_email_key: 'this address is taken',
  api_token_hash_key: 'this token exists already',
}

/** A unique constraint that was broken, named; null when it was something else. */
export function conflictError(links: readonly ErrorLink[]): SnapbackError | null {
  if (!links.some(({ code }) => code === '23505' || code === 'P2002')) return null
  const constraint = links.find((link) => link.constraint !== null)?.constraint ?? null
  const known = constraint === null ? undefined : CONFLICTS[constraint]
  return new SnapbackError('conflict', known ?? `it exists already (${constraint ?? 'a unique constraint'})`)
}
