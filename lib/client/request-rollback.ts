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
    // Not waited for: the page that asked leaves for the rollback's own.
    onSettled: () => {
      for (const noun of ['rollbacks', 'incidents', 'workloads']) void client.invalidateQueries({ queryKey: [noun] })
    },
  })
}
