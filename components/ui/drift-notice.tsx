'use client'

import { GitCompareArrows } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Drift } from '../../lib/core/drift.ts'
import { Badge } from './badge.tsx'
import { Notice } from './notice.tsx'
import { OwnerNext, useOwnerName } from './owner-notice.tsx'
import { useClockTime } from './time.tsx'

/** That source and cluster differ since an undo, in a word. */
export function DriftBadge({ drift: { state } }: { drift: Drift }) {
  const t = useTranslations('owner.drift')
  return (
    <Badge tone={state === 'drifted' ? 'busy' : 'bad'} icon={<GitCompareArrows aria-hidden />} className="whitespace-nowrap">
      {t(`badge.${state}`)}
    </Badge>
  )
}

/** The same in sentences, with what ends it. `actions`: where its rollback is, unless one is there. */
export function DriftNotice({ drift, actions }: { drift: Drift; actions?: React.ReactNode }) {
  const t = useTranslations('owner.drift')
  const name = useOwnerName()
  const clock = useClockTime()
  const { state, owner, from, to, undoneAt, revertedAt } = drift
  const values = { from, to, owner: name(owner), at: clock(revertedAt ?? undoneAt) }
  return (
    <Notice tone={state === 'drifted' ? 'busy' : 'bad'} title={t(`title.${state}`, values)} actions={actions}>
      <p>{t(`detail.${state}`, values)}</p>
      <OwnerNext owner={owner} />
    </Notice>
  )
}
