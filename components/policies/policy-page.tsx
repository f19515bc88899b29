'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { policiesQuery, workloadPolicyQuery } from '../../lib/client/policies.ts'
import { policyLevels } from '../../lib/client/policy-levels.ts'
import type { StoredPolicy } from '../../lib/core/policy.ts'
import { type Scope, scopeKey } from '../../lib/core/scope.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { type Crumb, PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { PolicyEditor } from './policy-editor.tsx'
import { namesOf } from './scope-names.ts'

/** The policy of one scope: what holds there and why, and for an admin to change. */
export function PolicyPage({ scope }: { scope: Scope }) {
  const t = useTranslations('policies')
  const query = useQuery(policiesQuery())
  const names = namesOf(scope)
  return (
    <>
      <PageTitle page={t(`edit.title.${scope.level}`, names)} />
      <PageLead
        crumbs={useCrumbs(scope)}
        headline={query.data ? <Headline scope={scope} policies={query.data.policies} /> : <Skeleton className="h-7 w-80 max-w-full" />}
        subline={t('subline')}
      />
      <QueryState query={query} loading={<OnItsWay />}>
        {({ policies }) =>
          scope.level === 'workload' ? (
            <OfWorkload scope={scope} workload={scope.workload} policies={policies} />
          ) : (
            <PolicyEditor key={scopeKey(scope)} scope={scope} policies={policies} annotation={null} />
          )
        }
      </QueryState>
    </>
  )
}

/** A workload may also have an annotation. */
function OfWorkload({ scope, workload, policies }: { scope: Scope; workload: WorkloadRef; policies: readonly StoredPolicy[] }) {
  const { data } = useQuery(workloadPolicyQuery(workload))
  return <PolicyEditor key={scopeKey(scope)} scope={scope} policies={policies} annotation={data?.annotation ?? null} />
}

function Headline({ scope, policies }: { scope: Scope; policies: readonly StoredPolicy[] }) {
  const t = useTranslations('policies.edit.headline')
  const { own } = policyLevels(policies, scope)
  return t(scope.level, { ...namesOf(scope), count: Object.keys(own.fields).length })
}

function useCrumbs(scope: Scope): Crumb[] {
  const t = useTranslations('policies')
  const above = { text: t('title'), href: '/policies' }
  if (scope.level === 'cluster') return [above, { text: t('cluster.title') }]
  if (scope.level === 'namespace') return [above, { text: scope.namespace }]
  const { namespace, name } = scope.workload
  return [above, { text: namespace, href: `/policies/namespaces/${namespace}` }, { text: name }]
}

function OnItsWay() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="space-y-4">
        <Skeleton className="h-96" />
        <Skeleton className="h-72" />
      </div>
      <Skeleton className="h-64" />
    </div>
  )
}
