import { HydrationBoundary } from '@tanstack/react-query'
import { RollbackPage } from '../../../../components/incident/rollback-page.tsx'
import { prefetch } from '../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const state = await prefetch(({ rollbackQuery, controlQuery }, from) => [rollbackQuery(id, from), controlQuery(from)])
  return (
    <HydrationBoundary state={state}>
      <RollbackPage id={id} />
    </HydrationBoundary>
  )
}
