import { notFound } from 'next/navigation'
import { Hydrated } from '../../../../../../../components/providers/hydrated.tsx'
import { RollBackPage } from '../../../../../../../components/roll-back/roll-back-page.tsx'
import { workloadOf } from '../../../../../../../components/ui/workload-of.ts'
import { prefetchSubject } from '../../../../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ namespace: string; kind: string; name: string }> }) {
  const workload = workloadOf(await params)
  if (workload === null) notFound()
  const state = await prefetchSubject(({ revisionsQuery, controlQuery, workloadQuery }, from) => [
    revisionsQuery(workload, from),
    controlQuery(from),
    workloadQuery(workload, from),
  ])
  return (
    <Hydrated state={state}>
      <RollBackPage workload={workload} />
    </Hydrated>
  )
}
