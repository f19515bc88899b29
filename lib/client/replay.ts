import { queryOptions } from '@tanstack/react-query'
import { getReplay, postReplay, postReplayRange } from '../contracts/replay.ts'
import type { Instant } from '../core/json.ts'
import type { PolicyFields } from '../core/policy.ts'
import type { Scope } from '../core/scope.ts'
import type { WorkloadRef } from '../core/workload.ts'
import { call, type Origin, type Output } from './api.ts'

export type DecisionReplay = Output<typeof getReplay>
export type RangeReplay = Output<typeof postReplayRange>

/** A policy to try out; without a scope its fields lie over all that is set. */
export interface TriedPolicy {
  fields: PolicyFields
  scope: Scope | null
}

/** What the policy of now, or one that is tried out, would have decided. */
export function replayQuery(id: string, edit: TriedPolicy | null = null, from?: Origin) {
  return queryOptions({
    queryKey: ['replay', id, edit],
    queryFn: ({ signal }) =>
      edit === null
        ? call(getReplay, { params: { id } }, { signal, from })
        : call(postReplay, { params: { id }, body: edit }, { signal, from }),
  })
}

interface Range {
  from: Instant
  to: Instant
  /** Null: all. */
  namespace: string | null
  workload: WorkloadRef | null
  edit: TriedPolicy | null
}

/** The same of all decisions on alerts in a time. */
export function rangeReplayQuery(range: Range, from?: Origin) {
  return queryOptions({
    queryKey: ['replay', 'range', range],
    queryFn: ({ signal }) => call(postReplayRange, { body: range }, { signal, from }),
  })
}
