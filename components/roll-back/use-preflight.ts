'use client'

import { useQuery } from '@tanstack/react-query'
import { controlQuery } from '../../lib/client/control.ts'
import { preflightQuery, revisionsQuery } from '../../lib/client/revisions.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'

/** Has the cluster asked, without effect. Only for operators: the server asks the API server for it. */
export function usePreflight(workload: WorkloadRef, toUid: string) {
  const revisions = useQuery(revisionsQuery(workload))
  const control = useQuery(controlQuery())
  const isOperator = useMay('operator')
  const isSettled = control.data !== undefined || control.isError
  const state = { currentUid: revisions.data?.currentUid ?? null, controlVersion: control.data?.version ?? null }
  return useQuery({ ...preflightQuery(workload, { toUid, ...state }), enabled: isOperator && isSettled })
}
