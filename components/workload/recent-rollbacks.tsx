'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { judgementIn, workloadDecisionsQuery } from '../../lib/client/decisions.ts'
import { type RollbackInList, rollbacksQuery } from '../../lib/client/rollbacks.ts'
import type { JudgementWord } from '../../lib/core/judgement.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useActorName } from '../ui/actor-name.tsx'
import { JudgementMark } from '../ui/judgement-mark.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Instant } from '../ui/time.tsx'
import { RecentList } from './recent-list.tsx'

/** The latest rollbacks of a workload, by itself and by hand. */
export function RecentRollbacks({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('workload.rollbacks')
  const decisions = useQuery(workloadDecisionsQuery(workload)).data?.items ?? []
  const query = useQuery(rollbacksQuery({ namespace: workload.namespace, name: workload.name, limit: '5' }))
  return (
    <RecentList
      id="rollbacks"
      title={t('title')}
      query={query}
      empty={t('empty')}
      line={(rollback) => (
        <RollbackLine rollback={rollback} judgement={judgementIn(decisions, { incidentId: null, rollbackId: rollback.id })} />
      )}
    />
  )
}

function RollbackLine({ rollback, judgement }: { rollback: RollbackInList; judgement: JudgementWord | null }) {
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
      <span className="flex shrink-0 items-center gap-1.5">
        <JudgementMark judgement={judgement} />
        <StatusBadge phase={rollback.phase} />
      </span>
    </Link>
  )
}
