'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type WorkloadInList, workloadsQuery } from '../../lib/client/workloads.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { Card } from '../ui/card.tsx'
import { COLOURS } from '../ui/coloured.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { Skeleton, SkeletonRows } from '../ui/skeleton.tsx'
import { NoWorkloads } from './no-workloads.tsx'
import { Pages } from './pages.tsx'
import { useWorkloadsUrl } from './url.ts'
import { WorkloadsFilter } from './workloads-filter.tsx'
import { WorkloadsTable } from './workloads-table.tsx'

/** Every workload that was seen: what runs, since when, and whether it needs a look. */
export function WorkloadsPage() {
  const t = useTranslations('workloads')
  const { filter, query: asked } = useWorkloadsUrl()
  // What was found stays while somebody types on.
  const query = useQuery({ ...workloadsQuery(asked), placeholderData: keepPreviousData })
  const headline = () => {
    if (query.data) return <Headline items={query.data.items} />
    return query.error ? t('title') : <HeadlineOnItsWay />
  }
  return (
    <>
      <PageTitle page={t('title')} />
      <PageLead headline={headline()} subline={t('subline')} />
      <Card aria-busy={query.isPlaceholderData}>
        <WorkloadsFilter namespaces={query.data?.namespaces ?? []} />
        <div className="px-4 pb-4">
          <QueryState
            query={query}
            loading={<SkeletonRows rows={6} className="h-14" />}
            isEmpty={({ items }) => items.length === 0}
            empty={<NoWorkloads isFiltered={filter.namespace !== null || filter.search !== null} />}
          >
            {({ items, nextCursor }) => (
              <>
                <WorkloadsTable items={items} />
                <Pages nextCursor={nextCursor} />
              </>
            )}
          </QueryState>
        </div>
      </Card>
    </>
  )
}

function Headline({ items }: { items: readonly WorkloadInList[] }) {
  const t = useTranslations('workloads')
  const busy = items.filter((item) => item.openIncidentId !== null || item.openRollback !== null).length
  if (items.length === 0) return t('title')
  return busy === 0 ? t.rich('quiet', { ...COLOURS, count: items.length }) : t.rich('busy', { ...COLOURS, busy, count: items.length })
}

/** As high as the sentence that comes. */
function HeadlineOnItsWay() {
  return <Skeleton className="h-7 w-80 max-w-full" />
}
