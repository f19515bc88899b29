import { RangePage } from '../../../components/policies/range-page.tsx'
import { minuteAfter, rangeAsked, rangeOf } from '../../../components/policies/range-search.ts'
import { Hydrated } from '../../../components/providers/hydrated.tsx'
import { prefetch } from '../../../lib/server/prefetch.ts'

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function Page({ searchParams }: Props) {
  const asked = rangeAsked(new URLSearchParams(Object.entries(await searchParams).flatMap(([key, value]) => [[key, String(value)]])))
  const until = minuteAfter(Date.now())
  const state = await prefetch(({ policiesQuery, rangeReplayQuery, workloadsQuery }, from) => [
    rangeReplayQuery(rangeOf(asked, until), from),
    policiesQuery(from),
    workloadsQuery({ limit: '200' }, from),
  ])
  return (
    <Hydrated state={state}>
      <RangePage until={until} />
    </Hydrated>
  )
}
