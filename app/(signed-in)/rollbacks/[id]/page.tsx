import { PauseButton } from '../../../../components/control/pause-button.tsx'
import { RollbackPage } from '../../../../components/incident/rollback-page.tsx'
import { Hydrated } from '../../../../components/providers/hydrated.tsx'
import { prefetchSubject } from '../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const state = await prefetchSubject(({ rollbackQuery }, from) => [rollbackQuery(id, from)])
  return (
    <Hydrated state={state}>
      <RollbackPage id={id} Pause={PauseButton} />
    </Hydrated>
  )
}
