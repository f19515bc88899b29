'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { revisionDiffQuery } from '../../lib/client/revisions.ts'
import type { RevisionRef, WorkloadRef } from '../../lib/core/workload.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TemplateChanges } from '../ui/template-changes.tsx'

interface DifferenceProps {
  workload: WorkloadRef
  from: RevisionRef
  to: RevisionRef
}

/** What a rollback would change, for who may look and not act: nothing is asked of the cluster as a dry run. */
export function Difference({ workload, from, to }: DifferenceProps) {
  const t = useTranslations('rollBack.changes')
  const query = useQuery(revisionDiffQuery(workload, from.uid, to.uid))
  return (
    <Card aria-labelledby="changes">
      <CardHeader id="changes" title={t('title')} aside={t('aside', { from: from.number, to: to.number })} />
      <CardBody>
        <QueryState query={query} loading={<Skeleton className="h-12" />}>
          {({ changes }) => <TemplateChanges changes={changes} label={t('title')} />}
        </QueryState>
      </CardBody>
    </Card>
  )
}
