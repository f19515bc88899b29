'use client'

import { useQuery } from '@tanstack/react-query'
import { workloadQuery } from '../../lib/client/workloads.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { DriftNotice } from '../ui/drift-notice.tsx'
import { OwnerNotice } from '../ui/owner-notice.tsx'

interface OwnershipNoticeProps {
  workload: WorkloadRef
  /** The rollbacks that the page is about: the drift of another is another page's. */
  rollbackIds: readonly string[]
  /** Whether an undo may be yet to come: then one should know what becomes of it. */
  isOpen: boolean
}

/** Who else manages the workload, while that matters: before an undo, and after it until source and cluster agree. */
export function OwnershipNotice({ workload, rollbackIds, isOpen }: OwnershipNoticeProps) {
  const { data } = useQuery(workloadQuery(workload))
  if (data?.drift && rollbackIds.includes(data.drift.rollbackId)) return <DriftNotice drift={data.drift} />
  return isOpen && data?.owner ? <OwnerNotice owner={data.owner} workload={workload.name} /> : null
}
