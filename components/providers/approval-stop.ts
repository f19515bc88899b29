'use client'

import { useQuery } from '@tanstack/react-query'
import { controlQuery } from '../../lib/client/control.ts'
import { approvalStop, controlState } from '../../lib/client/control-state.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useNow } from './clock.tsx'

/** Why a yes to a proposal for the workload would be refused just now; null: nothing known stops it. */
export function useApprovalStop(workload: WorkloadRef): 'disabled' | 'paused' | null {
  const { data } = useQuery(controlQuery())
  const now = useNow()
  return data === undefined ? null : approvalStop(controlState(data, now), workload, now)
}
