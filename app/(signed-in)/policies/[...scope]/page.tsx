import { notFound } from 'next/navigation'
import { PolicyPage } from '../../../../components/policies/policy-page.tsx'
import { Hydrated } from '../../../../components/providers/hydrated.tsx'
import { scopeOfPath } from '../../../../components/ui/scope-path.ts'
import { prefetch } from '../../../../lib/server/prefetch.ts'

export default async function Page({ params }: { params: Promise<{ scope: string[] }> }) {
  const scope = scopeOfPath((await params).scope)
  if (scope === null) notFound()
  const state = await prefetch(({ policiesQuery, workloadPolicyQuery }, from) => [
    policiesQuery(from),
    ...(scope.level === 'workload' ? [workloadPolicyQuery(scope.workload, from)] : []),
  ])
  return (
    <Hydrated state={state}>
      <PolicyPage scope={scope} />
    </Hydrated>
  )
}
