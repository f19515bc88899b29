'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Revisions } from '../../lib/client/revisions.ts'
import type { Drift } from '../../lib/core/drift.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useNow } from '../providers/clock.tsx'
import { COLOURS } from '../ui/coloured.tsx'
import { DriftBadge } from '../ui/drift-notice.tsx'
import { useDuration } from '../ui/duration.tsx'
import { shortImage } from '../ui/image-names.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { useRelativeTime } from '../ui/time.tsx'
import { useWorkloadCrumbs } from '../ui/workload-crumbs.ts'
import { headlineOf } from './headline.ts'

interface WorkloadLeadProps {
  workload: WorkloadRef
  revisions: Revisions
  /** Null: not read yet. */
  firstSeenAt: number | null
  drift: Drift | null
  actions: ReactNode
}

/** How the workload stands, in a sentence. */
export function WorkloadLead({ workload, revisions, firstSeenAt, drift, actions }: WorkloadLeadProps) {
  const t = useTranslations('workload')
  const relative = useRelativeTime()
  const images = revisions.revisions.find(({ revision }) => revision.uid === revisions.currentUid)?.revision.images ?? []
  const seen = firstSeenAt === null ? t('seenUnknown') : relative(firstSeenAt)
  const subline =
    revisions.exists === false
      ? t('goneSubline')
      : t('subline', { images: images.map(shortImage).join(', '), namespace: workload.namespace, seen })
  return (
    <PageLead
      crumbs={useWorkloadCrumbs(workload)}
      status={drift && <DriftBadge drift={drift} />}
      headline={<HeadlineSentence name={workload.name} revisions={revisions} />}
      subline={images.length === 0 && revisions.exists !== false ? undefined : subline}
      actions={actions}
    />
  )
}

/** `3 d 4 h` stays on one line. */
function unbroken(duration: string): string {
  return duration.replaceAll(' ', '\u00a0')
}

function HeadlineSentence({ name, revisions }: { name: string; revisions: Revisions }) {
  const t = useTranslations('workload')
  const say = useDuration()
  const now = useNow()
  const headline = headlineOf(revisions)
  switch (headline.kind) {
    case 'runs': {
      const { current, since, target, to } = headline
      const values = {
        name,
        current,
        since: since === null ? 'unknown' : 'known',
        for: since === null ? '' : unbroken(say(now - since)),
        target,
        to: to ?? '',
      }
      return t.rich('runs', { ...COLOURS, ...values })
    }
    case 'silent':
      return headline.current === null ? t('silentUnknown', { name }) : t('silentHeadline', { name, current: headline.current })
    case 'gone':
      return t('goneHeadline', { name })
    case 'starting':
      return t('starting', { name })
  }
}
