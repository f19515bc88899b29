import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postCondemned } from '../contracts/condemned.ts'
import type { WorkloadRef } from '../core/workload.ts'
import { call } from './api.ts'

interface TakingBack {
  workload: WorkloadRef
  materialFingerprint: string
  reason: string
}

/** Says that a template was condemned wrongly. Refused or not, the revisions shown are fetched anew. */
export function useTakeBackCondemnation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ workload, materialFingerprint, reason }: TakingBack) =>
      call(postCondemned, { params: { ...workload }, body: { condemned: false, materialFingerprint, reason } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['workloads'] }),
  })
}
