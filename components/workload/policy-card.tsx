'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { workloadPolicyQuery } from '../../lib/client/policies.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { PolicyValues } from '../ui/policy-values.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { policyPath } from '../ui/scope-path.ts'
import { SkeletonRows } from '../ui/skeleton.tsx'

/** How the workload is handled, and which level says so. */
export function PolicyCard({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('workload.policy')
  const isAdmin = useMay('admin')
  const query = useQuery(workloadPolicyQuery(workload))
  return (
    <Card aria-labelledby="policy">
      <CardHeader id="policy" title={t('title')} aside={t('aside')} />
      <CardBody>
        <QueryState query={query} loading={<SkeletonRows rows={4} className="h-9" />}>
          {({ resolved, sources, annotation }) => (
            <>
              <PolicyValues policy={resolved} sources={sources} />
              {annotation !== null && <p className="mt-3 text-[0.8125rem] text-text-2">{t('annotation', { mode: annotation })}</p>}
              {isAdmin && (
                <div className="mt-3">
                  <Button asChild>
                    <Link href={policyPath({ level: 'workload', workload })}>{t('change')}</Link>
                  </Button>
                </div>
              )}
            </>
          )}
        </QueryState>
      </CardBody>
    </Card>
  )
}
