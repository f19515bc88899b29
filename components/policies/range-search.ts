import type { rangeReplayQuery } from '../../lib/client/replay.ts'
import { readTried, writeTried } from '../../lib/client/tried-policy.ts'
import type { Scope } from '../../lib/core/scope.ts'

export const RANGE_DAYS = [7, 14, 30] as const
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export interface RangeAsked {
  days: number
  namespace: string | null
  /** Of the namespace; null: all of it. */
  name: string | null
  edit: ReturnType<typeof readTried>
}

/** What is replayed, from the page's own query. Server and browser read it alike. */
export function rangeAsked(params: Pick<URLSearchParams, 'get'>): RangeAsked {
  const given = (name: string) => params.get(name)?.trim() || null
  const days = RANGE_DAYS.find((one) => String(one) === given('days')) ?? RANGE_DAYS[0]
  const namespace = given('namespace')
  return { days, namespace, name: namespace === null ? null : given('name'), edit: readTried(given('edit')) }
}

export function rangePath({ days, namespace, name, edit }: RangeAsked): string {
  const given = { days: String(days), namespace, name: namespace && name, edit: edit && writeTried(edit) }
  const entries = Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return `/replay?${new URLSearchParams(entries)}`
}

/** The end of a time up to now: the decision of a moment ago is one of it, and who asks again within the minute asks the same. */
export function minuteAfter(now: number): number {
  return Math.ceil(now / MINUTE) * MINUTE
}

/** @param until the end of the time; server and browser take the same, so that the answer that was fetched is the one that is shown */
export function rangeOf({ days, namespace, name, edit }: RangeAsked, until: number): Parameters<typeof rangeReplayQuery>[0] {
  const workload = namespace !== null && name !== null ? { namespace, kind: 'Deployment' as const, name } : null
  return { from: until - days * DAY, to: until, namespace: workload === null ? namespace : null, workload, edit }
}

/** The decisions that a scope's policy is about. */
export function askedOf(scope: Scope): Pick<RangeAsked, 'namespace' | 'name'> {
  if (scope.level === 'cluster') return { namespace: null, name: null }
  if (scope.level === 'namespace') return { namespace: scope.namespace, name: null }
  return { namespace: scope.workload.namespace, name: scope.workload.name }
}
