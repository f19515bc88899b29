'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { policiesQuery } from '../../lib/client/policies.ts'
import { policyLevels } from '../../lib/client/policy-levels.ts'
import type { StoredPolicy } from '../../lib/core/policy.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { PolicyValues } from '../ui/policy-values.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { policyPath } from '../ui/scope-path.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChooseScope } from './choose-scope.tsx'
import { NearerScopes } from './nearer-scopes.tsx'

/** How workloads are handled: what holds for all, and which scopes say otherwise. */
export function PoliciesPage() {
  const t = useTranslations('policies')
  const query = useQuery(policiesQuery())
  return (
    <>
      <PageTitle page={t('title')} />
      <PageLead
        crumbs={[{ text: t('title') }]}
        headline={query.data ? <Headline policies={query.data.policies} /> : <Skeleton className="h-7 w-80 max-w-full" />}
        subline={t('subline')}
        actions={
          <Button asChild>
            <Link href="/replay">{t('history')}</Link>
          </Button>
        }
      />
      <QueryState query={query} loading={<OnItsWay />}>
        {({ policies }) => (
          <div className="space-y-4">
            <Cluster policies={policies} />
            <Nearer policies={policies} />
          </div>
        )}
      </QueryState>
    </>
  )
}

function Headline({ policies }: { policies: readonly StoredPolicy[] }) {
  const t = useTranslations('policies.headline')
  const { mode } = policyLevels(policies, { level: 'cluster' }).effective
  const count = nearerOf(policies).filter(({ fields }) => fields.mode !== undefined && fields.mode !== mode).length
  return t(mode, { count })
}

function Cluster({ policies }: { policies: readonly StoredPolicy[] }) {
  const t = useTranslations('policies.cluster')
  const isAdmin = useMay('admin')
  const { effective, sources } = policyLevels(policies, { level: 'cluster' })
  return (
    <Card aria-labelledby="cluster-policy">
      <CardHeader id="cluster-policy" title={t('title')} aside={t('aside')} />
      <CardBody>
        <PolicyValues policy={effective} sources={sources} />
        <div className="mt-3">
          <Button asChild>
            <Link href={policyPath({ level: 'cluster' })}>{t(isAdmin ? 'change' : 'see')}</Link>
          </Button>
        </div>
      </CardBody>
    </Card>
  )
}

function Nearer({ policies }: { policies: readonly StoredPolicy[] }) {
  const t = useTranslations('policies.nearer')
  const [isChoosing, setChoosing] = useState(false)
  const isAdmin = useMay('admin')
  const nearer = nearerOf(policies)
  const add: ReactNode = isAdmin && <Button onClick={() => setChoosing(true)}>{t('add')}</Button>
  return (
    <Card aria-labelledby="nearer-policies">
      <CardHeader id="nearer-policies" title={t('title')} aside={t('aside', { count: nearer.length })} />
      <CardBody>
        {nearer.length === 0 ? (
          <div className="text-text-2">
            <p>{t('empty')}</p>
            {isAdmin && <p>{t('emptyDetail')}</p>}
          </div>
        ) : (
          <NearerScopes policies={nearer} />
        )}
        {add && <div className="mt-3">{add}</div>}
      </CardBody>
      {isChoosing && <ChooseScope onClose={() => setChoosing(false)} />}
    </Card>
  )
}

function nearerOf(policies: readonly StoredPolicy[]): StoredPolicy[] {
  return policies.filter(({ scope, fields }) => scope.level !== 'cluster' && Object.keys(fields).length > 0)
}

function OnItsWay() {
  return (
    <div className="space-y-4">
      <Skeleton className="h-112" />
      <Skeleton className="h-40" />
    </div>
  )
}
