'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { Button } from '../ui/button.tsx'
import { type Crumb, PageLead } from '../ui/page-lead.tsx'

interface OpenedProps {
  crumbs: readonly Crumb[]
  workload: WorkloadRef
  id: string
}

/** It has begun, and its own page is on its way. */
export function Opened({ crumbs, workload, id }: OpenedProps) {
  const t = useTranslations('rollBack.opened')
  return (
    <>
      <PageTitle page={t('headline', { name: workload.name })} />
      <PageLead
        crumbs={crumbs}
        headline={t('headline', { name: workload.name })}
        actions={
          <Button asChild variant="primary">
            <Link href={`/rollbacks/${id}`}>{t('see')}</Link>
          </Button>
        }
      />
    </>
  )
}
