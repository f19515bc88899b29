'use client'

import { History } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { RevisionStory, Revisions } from '../../lib/client/revisions.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { ImageNames } from '../ui/image-names.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { hasActions, RevisionActions } from './revision-actions.tsx'
import { DeployedCell, ServedCell, StandingCell } from './revision-cells.tsx'

interface RevisionsCardProps {
  workload: WorkloadRef
  revisions: Revisions
}

/** Every revision that is there or on record, and what can be done with it. */
export function RevisionsCard({ workload, revisions }: RevisionsCardProps) {
  const t = useTranslations('workload.revisions')
  const { revisions: rows, targetUid, currentUid } = revisions
  const isOperator = useMay('operator')
  const current = rows.find(({ revision }) => revision.uid === currentUid) ?? null
  const columns: Column<RevisionStory>[] = [
    {
      key: 'revision',
      header: t('revision'),
      isName: true,
      cell: (story) => <Name story={story} isTarget={story.revision.uid === targetUid} />,
    },
    { key: 'images', header: t('images'), cell: ({ revision }) => <ImageNames images={revision.images} /> },
    { key: 'deployed', header: t('deployed'), cell: (story) => <DeployedCell story={story} /> },
    { key: 'served', header: t('served'), cell: (story) => <ServedCell story={story} /> },
    { key: 'standing', header: t('standing'), cell: (story) => <StandingCell story={story} /> },
    {
      key: 'actions',
      header: t('actions'),
      cell: (story) => (hasActions(story, isOperator) ? <RevisionActions workload={workload} story={story} current={current} /> : null),
    },
  ]
  return (
    <Card aria-labelledby="revisions">
      <CardHeader id="revisions" title={t('title')} aside={t('aside', { count: rows.filter(({ isThere }) => isThere).length })} />
      <CardBody>
        {rows.length === 0 ? (
          <Empty icon={<History aria-hidden />} title={t('empty.title')}>
            {t('empty.detail')}
          </Empty>
        ) : (
          <>
            <Table caption={t('title')} columns={columns} rows={rows} rowKey={({ revision }) => revision.uid} />
            {rows.some(({ isThere }) => !isThere) && <p className="mt-3 text-[0.8125rem] text-text-3">{t('onlyThere')}</p>}
            <p className="mt-1 text-[0.8125rem] text-text-3">{t('renumbered')}</p>
          </>
        )}
      </CardBody>
    </Card>
  )
}

function Name({ story, isTarget }: { story: RevisionStory; isTarget: boolean }) {
  const t = useTranslations('workload.revisions')
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="tabular-nums">{story.revision.number}</span>
      {story.isCurrent && <Badge tone="accent">{t('current')}</Badge>}
      {isTarget && <span className="text-[0.8125rem] font-normal text-good">{t('target')}</span>}
      {!story.isThere && <span className="text-[0.8125rem] font-normal text-text-3">{t('gone')}</span>}
    </span>
  )
}
