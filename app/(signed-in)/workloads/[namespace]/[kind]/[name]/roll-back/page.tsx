import { HydrationBoundary } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import { RollBackPage } from '../../../../../../../components/roll-back/roll-back-page.tsx'
import { workloadOf } from '../../../../../../../components/ui/workload-of.ts'
import { prefetch } from '../../../../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ namespace: string; kind: string; name: string }> }) {
  const workload = workloadOf(await params)
  if (workload === null) notFound()
  const state = await prefetch(({ revisionsQuery, controlQuery }, from) => [revisionsQuery(workload, from), controlQuery(from)])
  return (
    <HydrationBoundary state={state}>
      <RollBackPage workload={workload} />
    </HydrationBoundary>
  )
}
