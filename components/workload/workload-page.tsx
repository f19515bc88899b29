'use client'

import { useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { revisionsQuery } from '../../lib/client/revisions.ts'
import { workloadQuery } from '../../lib/client/workloads.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { Skeleton, SkeletonRows } from '../ui/skeleton.tsx'
import { StickyActions } from '../ui/sticky-actions.tsx'
import { notFoundWithout } from '../ui/subject.ts'
import { useWorkloadCrumbs } from '../ui/workload-crumbs.ts'
import { rollBackPath } from '../ui/workload-path.ts'
import { OpenNotices } from './open-notices.tsx'
import { PolicyCard } from './policy-card.tsx'
import { RecentIncidents } from './recent-incidents.tsx'
import { RecentRollbacks } from './recent-rollbacks.tsx'
import { RevisionsCard } from './revisions-card.tsx'
import { WorkloadLead } from './workload-lead.tsx'

interface WorkloadPageProps {
  workload: WorkloadRef
  /** The button that pauses or resumes this workload. */
  pause?: ReactNode
}

/** One workload: what runs, what it could go back to, and how it is handled. */
export function WorkloadPage({ workload, pause }: WorkloadPageProps) {
  const t = useTranslations('workload')
  const revisions = useQuery(revisionsQuery(workload))
  notFoundWithout(revisions)
  const detail = useQuery(workloadQuery(workload))
  const crumbs = useWorkloadCrumbs(workload)
  const isOperator = useMay('operator')
  const canGoBack = isOperator && (revisions.data?.revisions.some(({ isThere, isCurrent }) => isThere && !isCurrent) ?? false)
  const rollBack = (
    <Button asChild variant="primary">
      <Link href={rollBackPath(workload, null)}>
        <Undo2 aria-hidden />
        {t('rollBack')}
      </Link>
    </Button>
  )
  return (
    <>
      <PageTitle page={workload.name} />
      {revisions.data === undefined && <PageLead crumbs={crumbs} headline={workload.name} />}
      <QueryState query={revisions} loading={<OnItsWay />}>
        {(data) => (
          <>
            <WorkloadLead
              workload={workload}
              revisions={data}
              firstSeenAt={detail.data?.firstSeenAt ?? null}
              drift={detail.data?.drift ?? null}
              actions={
                <>
                  {canGoBack && <span className="max-sm:hidden">{rollBack}</span>}
                  {pause}
                </>
              }
            />
            <div className="space-y-4">
              <OpenNotices workload={workload} detail={detail.data ?? null} isSilent={data.cluster === 'silent'} />
              <RevisionsCard workload={workload} revisions={data} />
              <div className="grid gap-4 lg:grid-cols-2">
                <RecentIncidents workload={workload} />
                <RecentRollbacks workload={workload} />
              </div>
              <PolicyCard workload={workload} />
            </div>
            {canGoBack && <StickyActions>{rollBack}</StickyActions>}
          </>
        )}
      </QueryState>
    </>
  )
}

function OnItsWay() {
  return (
    <div className="space-y-4">
      <Skeleton className="h-9 w-40" />
      <SkeletonRows rows={5} className="h-16" />
    </div>
  )
}
