'use client'

import { GitCompareArrows } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Drift } from '../../lib/core/drift.ts'
import type { OwnerKind } from '../../lib/core/owner.ts'
import { Badge } from './badge.tsx'
import { shortImage } from './image-names.tsx'
import { Notice } from './notice.tsx'
import { OwnerNext, useOwnerName } from './owner-notice.tsx'
import { useClockTime } from './time.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'

/** That source and cluster differ since an undo, in a word. */
export function DriftBadge({ drift: { state } }: { drift: Drift }) {
  const t = useTranslations('owner.drift.badge')
  return (
    <Badge tone={state === 'drifted' ? 'busy' : 'bad'} icon={<GitCompareArrows aria-hidden />} className="whitespace-nowrap">
      <span>{t.rich(state, { more: (text) => <VisuallyHidden>{text}</VisuallyHidden> })}</span>
    </Badge>
  )
}

/** Those that say whether they agree, where their object may be read. */
const TELLS: ReadonlySet<OwnerKind> = new Set(['argo_cd', 'flux_kustomization', 'flux_helm_release'])

/** The same in sentences, with what ends it. `actions`: the way to its rollback, unless one is there. */
export function DriftNotice({ drift, actions }: { drift: Drift; actions?: ReactNode }) {
  const t = useTranslations('owner.drift')
  const name = useOwnerName()
  const clock = useClockTime()
  const { state, owner, undoneAt, revertedAt } = drift
  const tells = TELLS.has(owner.kind) && owner.known === 'object' ? 'yes' : 'no'
  const values = { ...useVersions(drift), owner: name(owner), at: clock(revertedAt ?? undoneAt), tells }
  return (
    <Notice tone={state === 'drifted' ? 'busy' : 'bad'} title={t(`title.${state}`, values)} actions={actions}>
      <p>{t(`detail.${state}`, values)}</p>
      <OwnerNext owner={owner} />
    </Notice>
  )
}

/** An undo renumbers revisions: their images are what people know them by, where these differ. */
function useVersions({ from, to }: Drift): { from: string; to: string } {
  const t = useTranslations('owner.drift')
  const images = (revision: Drift['from']) => revision.images.map(shortImage).join(', ')
  const say = (revision: Drift['from']) => (images(from) === images(to) ? t('revision', { number: revision.number }) : images(revision))
  return { from: say(from), to: say(to) }
}
