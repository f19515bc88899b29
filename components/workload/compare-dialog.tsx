'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { revisionDiffQuery } from '../../lib/client/revisions.ts'
import type { RevisionRef, WorkloadRef } from '../../lib/core/workload.ts'
import { Dialog } from '../ui/dialog.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { TemplateChanges } from '../ui/template-changes.tsx'

interface CompareDialogProps {
  workload: WorkloadRef
  from: RevisionRef
  to: RevisionRef
  onClose: () => void
}

/** What differs between two revisions. */
export function CompareDialog({ workload, from, to, onClose }: CompareDialogProps) {
  const t = useTranslations('workload.compare')
  const query = useQuery(revisionDiffQuery(workload, from.uid, to.uid))
  const title = t('title', { from: from.number, to: to.number })
  return (
    <Dialog open onOpenChange={onClose} title={title} description={t('detail')}>
      <QueryState query={query} loading={<SkeletonRows rows={3} className="h-7" />}>
        {({ changes }) => <TemplateChanges changes={changes} label={title} />}
      </QueryState>
    </Dialog>
  )
}
