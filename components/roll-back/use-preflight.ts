'use client'

import { useQuery } from '@tanstack/react-query'
import { controlQuery } from '../../lib/client/control.ts'
import { preflightQuery } from '../../lib/client/revisions.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'

/** Has the cluster asked, without effect. Only for operators: the server asks the API server for it. */
export function usePreflight(workload: WorkloadRef, toUid: string) {
  const control = useQuery(controlQuery())
  const isOperator = useMay('operator')
  const isSettled = control.data !== undefined || control.isError
  return useQuery({ ...preflightQuery(workload, toUid, control.data?.version ?? null), enabled: isOperator && isSettled })
}
