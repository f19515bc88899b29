'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type WorkloadPolicy, workloadPolicyQuery } from '../../lib/client/policies.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useMay } from '../providers/viewer.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { useDuration } from '../ui/duration.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { ModeDialog } from './mode-dialog.tsx'

type Field = keyof WorkloadPolicy['resolved']

/** How the workload is handled, and which level says so. */
export function PolicyCard({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('workload.policy')
  const query = useQuery(workloadPolicyQuery(workload))
  return (
    <Card aria-labelledby="policy">
      <CardHeader id="policy" title={t('title')} aside={t('aside')} />
      <CardBody>
        <QueryState query={query} loading={<SkeletonRows rows={4} className="h-9" />}>
          {(policy) => <PolicyFields workload={workload} policy={policy} />}
        </QueryState>
      </CardBody>
    </Card>
  )
}

function PolicyFields({ workload, policy }: { workload: WorkloadRef; policy: WorkloadPolicy }) {
  const t = useTranslations('workload.policy')
  const [isChanging, setChanging] = useState(false)
  const isAdmin = useMay('admin')
  const value = usePolicyValue(policy)
  return (
    <>
      <dl className="grid gap-x-8 sm:grid-cols-2">
        {(Object.keys(policy.resolved) as Field[]).map((field) => (
          <div key={field} className="flex justify-between gap-4 border-b border-line py-2">
            <dt className="text-text-2">{t(`fields.${field}`)}</dt>
            <dd className="text-right">
              <span className="font-semibold tabular-nums">{value(field)}</span>
              <span className="block text-[0.8125rem] text-text-3">{t(`sources.${policy.sources[field]}`)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {policy.annotation !== null && <p className="mt-3 text-[0.8125rem] text-text-2">{t('annotation', { mode: policy.annotation })}</p>}
      {isAdmin && (
        <div className="mt-3">
          <Button onClick={() => setChanging(true)}>{t('change')}</Button>
        </div>
      )}
      {isChanging && <ModeDialog workload={workload} policy={policy} onClose={() => setChanging(false)} />}
    </>
  )
}

function usePolicyValue({ resolved }: WorkloadPolicy): (field: Field) => string {
  const t = useTranslations('workload')
  const common = useTranslations('common')
  const say = useDuration()
  return (field) => {
    if (field === 'mode') return t(`mode.${resolved.mode}`)
    if (field === 'onInconclusive') return t(`policy.onInconclusive.${resolved.onInconclusive}`)
    if (field === 'onOwned') return t(`policy.onOwned.${resolved.onOwned}`)
    if (field === 'whenBlind') return t(`policy.whenBlind.${resolved.whenBlind}`)
    if (field === 'budget') return t('policy.budget', { count: resolved.budget.count, time: say(resolved.budget.windowMs) })
    if (field === 'commonCause') {
      return t('policy.commonCause', { count: resolved.commonCause.workloads, time: say(resolved.commonCause.withinMs) })
    }
    if (field === 'services' || field === 'freeze')
      return resolved[field].length === 0 ? common('list.empty') : String(resolved[field].length)
    return field.endsWith('Ms') ? say(resolved[field]) : String(resolved[field])
  }
}
