'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import type { WorkloadInList } from '../../lib/client/workloads.ts'
import { pauseOf } from '../../lib/core/control.ts'
import { workloadKey } from '../../lib/core/workload.ts'
import { useNow } from '../providers/clock.tsx'
import { Badge } from '../ui/badge.tsx'
import { DriftBadge } from '../ui/drift-notice.tsx'
import { ImageNames } from '../ui/image-names.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Instant } from '../ui/time.tsx'
import { workloadPath } from '../ui/workload-path.ts'

/** One line a workload. */
export function WorkloadsTable({ items }: { items: readonly WorkloadInList[] }) {
  const t = useTranslations('workloads')
  const modes = useTranslations('workload.mode')
  const columns: Column<WorkloadInList>[] = [
    { key: 'workload', header: t('columns.workload'), isName: true, cell: (item) => <Name item={item} /> },
    { key: 'image', header: t('columns.image'), cell: ({ current }) => <ImageNames images={current?.revision.images ?? []} /> },
    {
      key: 'since',
      header: t('columns.since'),
      cell: ({ current }) =>
        current === null ? <span className="text-text-3">{t('neverDeployed')}</span> : <Instant at={current.deployedAt} />,
    },
    { key: 'mode', header: t('columns.mode'), cell: ({ mode }) => modes(mode) },
    { key: 'state', header: t('columns.state'), cell: (item) => <State item={item} /> },
    { key: 'last', header: t('columns.last'), cell: (item) => <LastRollback item={item} /> },
  ]
  return <Table caption={t('title')} columns={columns} rows={items} rowKey={({ ref }) => workloadKey(ref)} />
}

function Name({ item: { ref, exists } }: { item: WorkloadInList }) {
  const t = useTranslations('workloads')
  return (
    <Link href={workloadPath(ref)} className="group block min-h-11 rounded-sm wrap-anywhere">
      <span className="group-hover:underline">{ref.name}</span>
      <span className="block text-[0.8125rem] font-normal text-text-2">
        {ref.namespace}
        {exists === false && <span className="text-text-3"> · {t('gone')}</span>}
      </span>
    </Link>
  )
}

/** What goes on now: a rollback before its incident, both before what is left of an earlier one and before a pause. */
function State({ item: { ref, openIncidentId, openRollback, drift } }: { item: WorkloadInList }) {
  const t = useTranslations('workloads')
  const control = useQuery(controlQuery())
  const now = useNow()
  const isPaused = control.data ? pauseOf(control.data, ref, now) !== null : false
  if (openIncidentId === null && openRollback === null && drift === null && !isPaused)
    return <span className="text-text-3">{t('quietState')}</span>
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {openRollback && (
        <Link href={`/rollbacks/${openRollback.id}`}>
          <StatusBadge phase={openRollback.phase} />
        </Link>
      )}
      {openIncidentId && (
        <Link href={`/incidents/${openIncidentId}`}>
          <Badge tone="bad" className="whitespace-nowrap">
            {t('incident')}
          </Badge>
        </Link>
      )}
      {drift && (
        <Link href={`/rollbacks/${drift.rollbackId}`}>
          <DriftBadge drift={drift} />
        </Link>
      )}
      {isPaused && <Badge tone="hold">{t('paused')}</Badge>}
    </span>
  )
}

function LastRollback({ item: { lastRollback } }: { item: WorkloadInList }) {
  const t = useTranslations('workloads')
  if (lastRollback === null) return <span className="text-text-3">{t('noRollback')}</span>
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 max-sm:justify-end">
      <Link href={`/rollbacks/${lastRollback.id}`}>
        <StatusBadge phase={lastRollback.phase} />
      </Link>
      <span className="text-[0.8125rem] text-text-2">
        <Instant at={lastRollback.endedAt} />
      </span>
    </span>
  )
}
