import { notFound } from 'next/navigation'
import { PauseButton } from '../../../../../../components/control/pause-button.tsx'
import { Hydrated } from '../../../../../../components/providers/hydrated.tsx'
import { workloadOf } from '../../../../../../components/ui/workload-of.ts'
import { WorkloadPage } from '../../../../../../components/workload/workload-page.tsx'
import { prefetchSubject } from '../../../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ namespace: string; kind: string; name: string }> }) {
  const workload = workloadOf(await params)
  if (workload === null) notFound()
  const { namespace, name } = workload
  const state = await prefetchSubject((queries, from) => [
    queries.revisionsQuery(workload, from),
    queries.workloadQuery(workload, from),
    queries.workloadPolicyQuery(workload, from),
    queries.incidentsQuery({ namespace, name, limit: '5' }, from),
    queries.rollbacksQuery({ namespace, name, limit: '5' }, from),
    queries.controlQuery(from),
    queries.workloadDecisionsQuery(workload, from),
  ])
  return (
    <Hydrated state={state}>
      <WorkloadPage workload={workload} pause={<PauseButton workload={workload} />} />
    </Hydrated>
  )
}
