'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import { workloadQuery } from '../../lib/client/workloads.ts'
import { pauseOf } from '../../lib/core/control.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useNow } from '../providers/clock.tsx'
import { useMay } from '../providers/viewer.tsx'
import { Notice } from '../ui/notice.tsx'
import { OwnerNotice } from '../ui/owner-notice.tsx'

/** What one should know before one reads on. Dry run stands in the bar above and in the button. */
export function StateNotices({ workload, isGone }: { workload: WorkloadRef; isGone: boolean }) {
  const t = useTranslations('rollBack')
  const { data: control } = useQuery(controlQuery())
  const now = useNow()
  const isOperator = useMay('operator')
  const owner = useQuery(workloadQuery(workload)).data?.owner ?? null
  const isPaused = control ? !control.enabled || pauseOf(control, workload, now) !== null : false
  return (
    <>
      {isGone && <Notice tone="busy" title={t('targetGone')} />}
      {owner && <OwnerNotice owner={owner} workload={workload.name} />}
      {!isOperator && <Notice tone="hold" title={t('viewer')} />}
      {isPaused && isOperator && <Notice tone="hold" title={t('pausedNotice')} />}
    </>
  )
}
