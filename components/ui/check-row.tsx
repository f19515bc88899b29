'use client'

import { Check, CircleHelp, Minus, OctagonMinus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Answer } from '../../lib/core/decision.ts'
import { classNames } from './class-names.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

const LOOK: Record<Answer, { icon: typeof Check; className: string }> = {
  pass: { icon: Check, className: 'text-good' },
  hold: { icon: OctagonMinus, className: 'text-bad' },
  inconclusive: { icon: CircleHelp, className: 'text-busy' },
  not_applicable: { icon: Minus, className: 'text-text-3' },
}

interface CheckRowProps {
  answer: Answer
  /** The gate's name. */
  name: ReactNode
  /** The sentence with the values seen. */
  value?: ReactNode
}

/** One question with its answer. Rows stand in a `<ul>`. */
export function CheckRow({ answer, name, value }: CheckRowProps) {
  const t = useTranslations('phase.answer')
  const { icon: Icon, className } = LOOK[answer]
  return (
    <li className="flex gap-3 border-b border-line py-2 last:border-0">
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', className)} />
      <VisuallyHidden>{t(answer)}</VisuallyHidden>
      <div className="flex min-w-0 flex-1 flex-wrap justify-between gap-x-4">
        <span className={classNames(answer === 'not_applicable' && 'text-text-2')}>{name}</span>
        {value && <span className="min-w-0 text-[0.8125rem] break-words text-text-2 sm:text-right">{value}</span>}
      </div>
    </li>
  )
}
