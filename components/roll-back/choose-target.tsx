'use client'

import { useTranslations } from 'use-intl'
import type { RevisionStory } from '../../lib/client/revisions.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { useDuration } from '../ui/duration.tsx'
import { ImageNames } from '../ui/image-names.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { StandingBadge } from '../ui/standing-badge.tsx'

interface ChooseTargetProps {
  targets: readonly RevisionStory[]
  chosen: string | null
  /** Where automation would go. */
  autoUid: string | null
}

/** To which revision; the choice is in the URL, so that it can be sent to somebody. */
export function ChooseTarget({ targets, chosen, autoUid }: ChooseTargetProps) {
  const t = useTranslations('rollBack.target')
  const options = targets.map((story) => ({
    value: story.revision.uid,
    content: <Target story={story} isAuto={story.revision.uid === autoUid} />,
  }))
  return (
    <Card aria-labelledby="target">
      <CardHeader id="target" title={t('title')} />
      <CardBody>
        <RadioCards label={t('legend')} value={chosen} onChange={choose} options={options} />
      </CardBody>
    </Card>
  )
}

function choose(uid: string): void {
  window.history.replaceState(null, '', `?to=${encodeURIComponent(uid)}`)
}

function Target({ story, isAuto }: { story: RevisionStory; isAuto: boolean }) {
  const t = useTranslations('rollBack.target')
  const common = useTranslations('common')
  const say = useDuration()
  const { revision, servedMs, standing } = story
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-1 max-sm:flex-col">
      <span className="min-w-0">
        <span className="block font-semibold first-letter:uppercase">{common('revision', { number: revision.number })}</span>
        <ImageNames images={revision.images} />
      </span>
      <span className="flex flex-col items-start gap-0.5 text-[0.8125rem] text-text-2 sm:items-end">
        <StandingBadge standing={standing} />
        <span>{servedMs === null ? t('servedUnknown') : t('served', { for: say(servedMs) })}</span>
        {isAuto && <span className="text-good">{t('auto')}</span>}
      </span>
    </span>
  )
}
