import { HydrationBoundary } from '@tanstack/react-query'
import { IncidentPage } from '../../../../components/incident/incident-page.tsx'
import { prefetch } from '../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const state = await prefetch(({ incidentQuery, controlQuery }, from) => [incidentQuery(id, from), controlQuery(from)])
  return (
    <HydrationBoundary state={state}>
      <IncidentPage id={id} />
    </HydrationBoundary>
  )
}
