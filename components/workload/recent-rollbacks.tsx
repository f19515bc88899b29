'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { type RollbackInList, rollbacksQuery } from '../../lib/client/rollbacks.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useActorName } from '../ui/actor-name.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Instant } from '../ui/time.tsx'

/** The latest rollbacks of a workload, by itself and by hand. */
export function RecentRollbacks({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('workload.rollbacks')
  const query = useQuery(rollbacksQuery({ namespace: workload.namespace, name: workload.name, limit: '5' }))
  return (
    <Card aria-labelledby="rollbacks">
      <CardHeader id="rollbacks" title={t('title')} />
      <CardBody>
        <QueryState
          query={query}
          loading={<SkeletonRows rows={3} />}
          isEmpty={({ items }) => items.length === 0}
          empty={<p className="text-text-2">{t('empty')}</p>}
        >
          {({ items }) => (
            <ul>
              {items.map((rollback) => (
                <li key={rollback.id} className="border-b border-line last:border-0">
                  <RollbackLine rollback={rollback} />
                </li>
              ))}
            </ul>
          )}
        </QueryState>
      </CardBody>
    </Card>
  )
}

function RollbackLine({ rollback }: { rollback: RollbackInList }) {
  const t = useTranslations('workload.rollbacks')
  const actorName = useActorName()
  const { from, to, reason, trigger, actor } = rollback
  const why = trigger === 'person' ? t('byHand', { who: actorName(actor), reason }) : t('byAlert', { reason })
  return (
    <Link href={`/rollbacks/${rollback.id}`} className="touch-target flex items-center justify-between gap-3 py-2 hover:bg-sunken">
      <span className="min-w-0">
        {t('fromTo', { from: from.number, to: to.number })}
        <span className="text-text-3">
          {' '}
          · <Instant at={rollback.openedAt} />
        </span>
        <span className="block text-[0.8125rem] break-words text-text-2">{why}</span>
      </span>
      <span className="shrink-0">
        <StatusBadge phase={rollback.phase} />
      </span>
    </Link>
  )
}
