'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { controlQuery } from '../../lib/client/control.ts'
import type { WorkloadDetail } from '../../lib/client/workloads.ts'
import { pauseOf } from '../../lib/core/control.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useNow } from '../providers/clock.tsx'
import { useActorName } from '../ui/actor-name.tsx'
import { Button } from '../ui/button.tsx'
import { DriftNotice } from '../ui/drift-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { OwnerNotice } from '../ui/owner-notice.tsx'
import { useClockTime } from '../ui/time.tsx'

interface OpenNoticesProps {
  workload: WorkloadRef
  detail: WorkloadDetail | null
  isSilent: boolean
}

/** What one should know before anything else: the cluster is silent, something is open, source and cluster differ, automation is paused. */
export function OpenNotices({ workload, detail, isSilent }: OpenNoticesProps) {
  const t = useTranslations('workload')
  const owner = useTranslations('owner')
  return (
    <>
      {isSilent && <Notice tone="busy" title={t('silentNotice')} />}
      {detail?.openRollback && (
        <Notice tone="busy" title={t('open.rollback')} actions={<See href={`/rollbacks/${detail.openRollback.id}`} />} />
      )}
      {detail?.openIncidentId && (
        <Notice tone="bad" title={t('open.incident')} actions={<See href={`/incidents/${detail.openIncidentId}`} />} />
      )}
      {detail?.drift && (
        <DriftNotice drift={detail.drift} actions={<See href={`/rollbacks/${detail.drift.rollbackId}`}>{owner('drift.see')}</See>} />
      )}
      {detail?.owner && !detail.drift && <OwnerNotice owner={detail.owner} workload={workload.name} />}
      <PausedNotice workload={workload} />
    </>
  )
}

function See({ href, children }: { href: string; children?: ReactNode }) {
  const t = useTranslations('workload.open')
  return (
    <Button asChild>
      <Link href={href}>{children ?? t('see')}</Link>
    </Button>
  )
}

function PausedNotice({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('workload')
  const { data: control } = useQuery(controlQuery())
  const clock = useClockTime()
  const actorName = useActorName()
  const now = useNow()
  const pause = control ? pauseOf(control, workload, now) : null
  if (pause === null) return null
  const until = pause.until === null ? { until: 'open', at: '' } : { until: 'known', at: clock(pause.until) }
  return <Notice tone="hold" title={t('paused', { who: actorName(pause.actor), reason: pause.reason, ...until })} />
}
