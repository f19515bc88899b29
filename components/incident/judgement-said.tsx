'use client'

import { useTranslations } from 'use-intl'
import { useActorName } from '../ui/actor-name.tsx'
import { COLOURS } from '../ui/coloured.tsx'
import { Instant } from '../ui/time.tsx'
import type { Decision } from './story.ts'

/** Who said what, when and why. */
export function JudgementSaid({ judgement }: { judgement: NonNullable<Decision['judgement']> }) {
  const t = useTranslations('judgement.said')
  const actorName = useActorName()
  const { actor, judgedAt, note } = judgement
  return (
    <>
      <p className="break-words">
        {t.rich(judgement.judgement, { ...COLOURS, actor: actorName(actor) })} · <Instant at={judgedAt} show="both" />
      </p>
      {note !== null && <p className="break-words text-text">“{note}”</p>}
    </>
  )
}
