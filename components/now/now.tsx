'use client'

import { type ComponentType, type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { isHeldBy } from '../../lib/client/decisions.ts'
import type { NowBoard, OpenItem } from '../../lib/client/now-board.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { Skeleton, SkeletonRows } from '../ui/skeleton.tsx'
import { Answers } from './answers.tsx'
import { ConnectAlertmanager } from './connect-alertmanager.tsx'
import { EndedList } from './ended-list.tsx'
import { FirstStart } from './first-start.tsx'
import { NowLead } from './now-lead.tsx'
import { OpenRow } from './open-row.tsx'
import { useNowBoard } from './use-now-board.ts'

/** What goes on now, what waits for a person, and what ended last. */
export function Now({ Breaker }: { Breaker: ComponentType<{ waiting: number }> }) {
  const t = useTranslations('now')
  const { data, error, isFetching, refetch } = useNowBoard()
  return (
    <>
      <PageTitle page={t('title')} />
      {error && !data && <PageLead headline={t('headline.unknown')} />}
      {error && (
        <div className="mb-4">
          <ErrorNotice error={error} onRetry={refetch} busy={isFetching} />
        </div>
      )}
      {data ? <Board board={data} Breaker={Breaker} /> : !error && <Loading />}
    </>
  )
}

function Board({ board, Breaker }: { board: NowBoard; Breaker: ComponentType<{ waiting: number }> }) {
  const t = useTranslations('now')
  const isNew = board.ended.length === 0 && board.acting.length + board.proposed.length + board.held.length === 0
  return (
    <>
      <NowLead board={board} />
      <FirstStart />
      <div className="space-y-4">
        <Breaker waiting={board.held.filter(({ decision }) => isHeldBy(decision, 'budget_spent')).length} />
        <Section title={t('proposed')} items={board.proposed} />
        <Section title={t('acting')} items={board.acting} />
        <Section title={t('held')} items={board.held} />
        <Card aria-labelledby="now-ended">
          {!isNew && <CardHeader id="now-ended" title={t('ended')} />}
          <CardBody>{isNew ? <ConnectAlertmanager /> : <Ended board={board} />}</CardBody>
        </Card>
      </div>
    </>
  )
}

function Ended({ board }: { board: NowBoard }): ReactNode {
  const t = useTranslations('now')
  return board.ended.length === 0 ? <p className="text-text-2">{t('endedEmpty')}</p> : <EndedList items={board.ended} />
}

function Section({ title, items }: { title: string; items: readonly OpenItem[] }) {
  const t = useTranslations('now')
  // A name with spaces would be several.
  const id = useId()
  if (items.length === 0) return null
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title} aside={items.length > 1 && t('count', { count: items.length })} />
      <ul>
        {items.map((item) => (
          <OpenRow key={item.key} item={item} actions={item.rollback && <Answers rollback={item.rollback} />} />
        ))}
      </ul>
    </Card>
  )
}

function Loading() {
  const t = useTranslations('common')
  return (
    <div aria-busy="true">
      <h1 className="sr-only">{t('loading')}</h1>
      <Skeleton className="mb-3 h-7 max-w-96" />
      <Skeleton className="mb-6 max-w-72" />
      <Card>
        <CardBody className="pt-4">
          <SkeletonRows rows={5} />
        </CardBody>
      </Card>
    </div>
  )
}
