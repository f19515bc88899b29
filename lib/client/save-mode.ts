import { useMutation, useQueryClient } from '@tanstack/react-query'
import { putWorkloadPolicy } from '../contracts/policy.ts'
import type { Mode } from '../core/policy.ts'
import type { WorkloadRef } from '../core/workload.ts'
import { call } from './api.ts'
import type { WorkloadPolicy } from './policies.ts'

interface Saving {
  workload: WorkloadRef
  /** As it was seen: its version guards the change, its other fields stay. */
  policy: WorkloadPolicy
  /** Null: from further out again. */
  mode: Mode | null
  reason: string
}

/** Sets the mode of one workload. Refused or not, the policy shown is fetched anew. */
export function useSaveMode() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ workload, policy, mode, reason }: Saving) => {
      const { mode: _before, ...others } = policy.fields
      const fields = mode === null ? others : { ...others, mode }
      return call(putWorkloadPolicy, { params: { ...workload }, body: { fields, version: policy.version, reason } })
    },
    onSettled: async () => {
      await Promise.all(['workloads', 'policies'].map((noun) => client.invalidateQueries({ queryKey: [noun] })))
    },
  })
}
