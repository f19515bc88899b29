import { PoliciesPage } from '../../../components/policies/policies-page.tsx'
import { Hydrated } from '../../../components/providers/hydrated.tsx'
import { prefetch } from '../../../lib/server/prefetch.ts'

export default async function Page() {
  const state = await prefetch(({ policiesQuery }, from) => [policiesQuery(from)])
  return (
    <Hydrated state={state}>
      <PoliciesPage />
    </Hydrated>
  )
}
