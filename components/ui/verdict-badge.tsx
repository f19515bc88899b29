'use client'

import { useTranslations } from 'use-intl'
import type { Effect, Verdict } from '../../lib/core/decision.ts'
import { Badge } from './badge.tsx'
import type { Tone } from './tone.ts'

const TONE: Record<Verdict, Tone> = { roll_back: 'accent', hold: 'hold', escalate: 'bad', ignore: 'hold' }

/** What the evidence says and, if given, what is done about it. */
export function VerdictBadge({ verdict, effect }: { verdict: Verdict; effect?: Effect }) {
  const t = useTranslations('phase')
  return (
    <Badge tone={effect === 'simulate' ? 'dry' : TONE[verdict]}>
      {t(`verdict.${verdict}`)}
      {effect && (
        <>
          <span aria-hidden>·</span>
          {t(`effect.${effect}`)}
        </>
      )}
    </Badge>
  )
}
