'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { judgementIn, latestDecisionsQuery } from '../../lib/client/decisions.ts'
import type { EndedItem } from '../../lib/client/now-board.ts'
import { never } from '../../lib/core/never.ts'
import { useDuration } from '../ui/duration.tsx'
import { JudgementMark } from '../ui/judgement-mark.tsx'
import { IncidentBadge, StatusBadge } from '../ui/status-badge.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Instant } from '../ui/time.tsx'
import { hrefOf } from './open-row.tsx'

/** The latest that ended: what happened and how long it took. */
export function EndedList({ items }: { items: readonly EndedItem[] }) {
  const t = useTranslations('now')
  const what = useWhatHappened()
  const decisions = useQuery(latestDecisionsQuery()).data?.items ?? []
  const columns: Column<EndedItem>[] = [
    {
      key: 'workload',
      header: t('columns.workload'),
      isName: true,
      cell: (item) => (
        <>
          <Link href={hrefOf(item)} className="break-all hover:underline">
            {item.workload.name}
          </Link>{' '}
          <span className="font-normal text-text-3">{item.workload.namespace}</span>
        </>
      ),
    },
    {
      key: 'what',
      header: t('columns.what'),
      isPlain: true,
      cell: (item) => <span className="inline-block first-letter:uppercase">{what(item)}</span>,
    },
    {
      key: 'status',
      header: t('columns.status'),
      isPlain: true,
      cell: ({ rollback, outcome, incidentId }) => (
        <span className="inline-flex items-center gap-1.5">
          {rollback ? <StatusBadge phase={rollback.phase} /> : <IncidentBadge outcome={outcome} />}
          <JudgementMark judgement={judgementIn(decisions, { incidentId, rollbackId: rollback?.id ?? null })} />
        </span>
      ),
    },
    { key: 'ended', header: t('columns.ended'), numeric: true, cell: ({ endedAt }) => <Instant at={endedAt} show="both" /> },
  ]
  return <Table caption={t('ended')} columns={columns} rows={items} rowKey={({ key }) => key} />
}

/** Says what happened to one, with how long it took where somebody measured that. */
export function useWhatHappened(): (item: EndedItem) => string {
  const t = useTranslations('now.endedWhat')
  const duration = useDuration()
  return ({ rollback, outcome, mttrMs, lastedMs }) => {
    const lasted = { duration: duration(lastedMs) }
    if (rollback === null) {
      if (outcome === 'recovered_by_itself') return t('recovered', lasted)
      return t(outcome === 'ended_unresolved' ? 'unresolved' : 'other', lasted)
    }
    const { phase, trigger, to } = rollback
    const named = { revision: to.number }
    switch (phase) {
      case 'succeeded':
        if (trigger === 'person') return t('byHand', named)
        return mttrMs === null ? t('unmeasured') : t('mttr', { duration: duration(mttrMs) })
      case 'simulated':
        return t('simulated', named)
      case 'failed':
        return t(rollback.clocks.restoredAt === null ? 'failed' : 'unhelpful')
      case 'unverified':
      case 'superseded':
      case 'aborted':
      case 'declined':
      case 'expired':
        return t(phase)
      case 'proposed':
      case 'pending':
      case 'undoing':
      case 'progressing':
      case 'verifying':
        return t('other', lasted)
      default:
        return never(phase)
    }
  }
}
