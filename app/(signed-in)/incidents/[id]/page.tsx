import { PauseButton } from '../../../../components/control/pause-button.tsx'
import { IncidentPage } from '../../../../components/incident/incident-page.tsx'
import { Hydrated } from '../../../../components/providers/hydrated.tsx'
import { prefetchSubject } from '../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const state = await prefetchSubject(({ incidentQuery }, from) => [incidentQuery(id, from)])
  return (
    <Hydrated state={state}>
      <IncidentPage id={id} Pause={PauseButton} />
    </Hydrated>
  )
}
