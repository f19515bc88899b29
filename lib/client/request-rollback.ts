import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postRollback } from '../contracts/rollback.ts'
import type { WorkloadRef } from '../core/workload.ts'
import { call } from './api.ts'

interface Request {
  workload: WorkloadRef
  toRevisionUid: string
  reason: string
  condemn: boolean
}

/** Rolls back by hand. The answer's `rollback` is null when a gate held it; its decision says which. */
export function useRequestRollback() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Request) => call(postRollback, { body }),
    onSettled: async () => {
      await Promise.all(['rollbacks', 'incidents', 'workloads'].map((noun) => client.invalidateQueries({ queryKey: [noun] })))
    },
  })
}
