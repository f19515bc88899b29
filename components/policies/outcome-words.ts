'use client'

import { useTranslations } from 'use-intl'
import type { VerdictAndEffect } from '../../lib/core/replay-summary.ts'

/** What a decision comes to, in a few words: "rolls back", "holds", "calls people". */
export function useOutcomeWords(): (outcome: VerdictAndEffect) => string {
  const t = useTranslations('replay.outcome')
  return ({ verdict, effect }) => {
    if (effect !== 'none') return t(effect)
    return t(verdict === 'roll_back' ? 'kept' : verdict)
  }
}
