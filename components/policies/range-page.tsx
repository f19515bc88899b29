'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { policiesQuery } from '../../lib/client/policies.ts'
import { policyLevels } from '../../lib/client/policy-levels.ts'
import { type RangeReplay, rangeReplayQuery } from '../../lib/client/replay.ts'
import { DEFAULT_POLICY } from '../../lib/core/policy.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { Card } from '../ui/card.tsx'
import { COLOURS } from '../ui/coloured.tsx'
import { Empty } from '../ui/empty.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { RangeFilter } from './range-filter.tsx'
import { type RangeAsked, rangeAsked, rangeOf, rangePath } from './range-search.ts'
import { RangeSummary } from './range-summary.tsx'
import { TryForm } from './try-form.tsx'
import { UnreadEdit } from './unread-edit.tsx'

/** What the policies of today, or other ones, would have made of everything decided in a time. */
export function RangePage({ until }: { until: number }) {
  const t = useTranslations('replay.rangePage')
  const policies = useTranslations('policies')
  const router = useRouter()
  const asked = rangeAsked(useSearchParams())
  const query = useQuery({ ...rangeReplayQuery(rangeOf(asked, until)), placeholderData: keepPreviousData })
  const stored = useQuery(policiesQuery()).data?.policies
  const from = stored ? policyLevels(stored, { level: 'cluster' }).effective : DEFAULT_POLICY
  const go = (change: Partial<RangeAsked>) => router.replace(rangePath({ ...asked, ...change }), { scroll: false })
  return (
    <>
      <PageTitle page={t('title')} />
      <PageLead
        crumbs={[{ text: policies('title'), href: '/policies' }, { text: t('title') }]}
        headline={query.data ? <Headline replay={query.data} days={asked.days} /> : <Skeleton className="h-7 w-80 max-w-full" />}
        subline={t(`subline.${asked.edit === null ? 'today' : 'tried'}`)}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-4" aria-busy={query.isPlaceholderData}>
          <UnreadEdit />
          <QueryState
            query={query}
            loading={<Skeleton className="h-96" />}
            isEmpty={({ decisions }) => decisions === 0}
            empty={
              <Card>
                <Empty icon={<History aria-hidden />} title={t('empty.title')}>
                  {t('empty.detail')}
                </Empty>
              </Card>
            }
          >
            {(replay) => <RangeSummary replay={replay} edit={asked.edit} />}
          </QueryState>
        </div>
        <div className="space-y-4 max-lg:order-first">
          <RangeFilter asked={asked} onChange={go} />
          <TryForm key={JSON.stringify(asked.edit)} tried={asked.edit} from={from} onTry={(edit) => go({ edit })} />
        </div>
      </div>
    </>
  )
}

function Headline({ replay: { decisions, changed, cannotTell }, days }: { replay: RangeReplay; days: number }) {
  const t = useTranslations('replay.rangePage')
  return decisions === 0 ? t('none', { days }) : t.rich('headline', { ...COLOURS, decisions, changed, cannotTell, days })
}
