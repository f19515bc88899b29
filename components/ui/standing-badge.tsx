'use client'

import { useTranslations } from 'use-intl'
import type { Standing } from '../../lib/core/revision-history.ts'
import { Badge } from './badge.tsx'
import type { Tone } from './tone.ts'

const TONE: Record<Standing, Tone> = { condemned: 'bad', troubled: 'busy', good: 'good', short: 'hold', unknown: 'hold' }

/** What the record says of a revision. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const t = useTranslations('workload.standing')
  return (
    <Badge tone={TONE[standing]} className="whitespace-nowrap">
      {t(standing)}
    </Badge>
  )
}
