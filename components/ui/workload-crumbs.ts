'use client'

import { useTranslations } from 'use-intl'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import type { Crumb } from './page-lead.tsx'
import { workloadPath } from './workload-path.ts'

/** Where a workload's pages are: below the list, narrowed to its namespace. */
export function useWorkloadCrumbs({ namespace, kind, name }: WorkloadRef, below?: string): Crumb[] {
  const t = useTranslations('workloads')
  const above = [
    { text: t('title'), href: '/workloads' },
    { text: namespace, href: `/workloads?namespace=${namespace}` },
  ]
  if (below === undefined) return [...above, { text: name }]
  return [...above, { text: name, href: workloadPath({ namespace, kind, name }) }, { text: below }]
}
