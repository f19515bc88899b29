import { BreakerCard } from '../../components/breaker/breaker-card.tsx'
import { Now } from '../../components/now/now.tsx'
import { Hydrated } from '../../components/providers/hydrated.tsx'
import { prefetch } from '../../lib/server/prefetch.ts'

export default async function NowPage() {
  const state = await prefetch((queries, from) => [
    queries.openIncidentsQuery(from),
    queries.closedIncidentsQuery(from),
    queries.latestRollbacksQuery(from),
    queries.latestDecisionsQuery(from),
  ])
  return (
    <Hydrated state={state}>
      <Now Breaker={BreakerCard} />
    </Hydrated>
  )
}
