import { Hydrated } from '../../../components/providers/hydrated.tsx'
import { workloadsSearch } from '../../../components/workloads/search.ts'
import { WorkloadsPage } from '../../../components/workloads/workloads-page.tsx'
import { prefetch } from '../../../lib/server/prefetch.ts'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function Page({ searchParams }: Props) {
  const asked = workloadsSearch(new URLSearchParams(Object.entries(await searchParams).flatMap(([key, value]) => [[key, String(value)]])))
  const state = await prefetch(({ workloadsQuery, controlQuery }, from) => [workloadsQuery(asked, from), controlQuery(from)])
  return (
    <Hydrated state={state}>
      <WorkloadsPage />
    </Hydrated>
  )
}
