'use client'

import { Check, CircleHelp, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { JudgementWord } from '../../lib/core/judgement.ts'
import { classNames } from './class-names.ts'
import { TEXT, type Tone } from './tone.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

export const JUDGEMENT_LOOK: Record<JudgementWord, { icon: typeof Check; tone: Tone }> = {
  right: { icon: Check, tone: 'good' },
  wrong: { icon: X, tone: 'bad' },
  unsure: { icon: CircleHelp, tone: 'hold' },
}

/** What people said of a decision, small, beside its state in a list. Null: nobody did. */
export function JudgementMark({ judgement }: { judgement: JudgementWord | null }) {
  const t = useTranslations('judgement.mark')
  if (judgement === null) return null
  const { icon: Icon, tone } = JUDGEMENT_LOOK[judgement]
  return (
    <span title={t(judgement)} className={classNames('inline-grid size-5 place-items-center align-middle', TEXT[tone])}>
      <Icon aria-hidden className="size-4" />
      <VisuallyHidden>{t(judgement)}</VisuallyHidden>
    </span>
  )
}
