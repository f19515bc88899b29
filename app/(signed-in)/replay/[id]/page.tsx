import { ReplayPage } from '../../../../components/policies/replay-page.tsx'
import { triedOf } from '../../../../components/policies/tried-of.ts'
import { Hydrated } from '../../../../components/providers/hydrated.tsx'
import { prefetchSubject } from '../../../../lib/server/prefetch.ts'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<{ edit?: string | string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params
  const edit = triedOf((await searchParams).edit)
  const state = await prefetchSubject(({ decisionQuery, replayQuery }, from) => [decisionQuery(id, from), replayQuery(id, edit, from)])
  return (
    <Hydrated state={state}>
      <ReplayPage id={id} />
    </Hydrated>
  )
}
