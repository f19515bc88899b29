'use client'

import { useMemo } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { reasonGroup, type Sayings, sayValues } from '../../lib/client/sentence.ts'
import type { Check, Effect, Verdict } from '../../lib/core/decision.ts'
import type { IncidentOutcome } from '../../lib/core/incident.ts'
import type { JsonValue } from '../../lib/core/json.ts'
import type { ReasonCode } from '../../lib/core/reason.ts'
import type { OutcomeReason } from '../../lib/core/rollback.ts'
import type { Health } from '../../lib/core/signal.ts'
import type { TimelineEvent } from '../../lib/core/timeline.ts'
import { HEALTH_REASONS, type HealthReason } from '../../lib/core/verification.ts'
import { useDuration } from './duration.tsx'
import { useClockTime } from './time.tsx'

type Values = Readonly<Record<string, JsonValue>>

/** Verification ends with a code as its detail; other details are words of a system. */
function isHealthReason(detail: JsonValue): detail is HealthReason {
  return (HEALTH_REASONS as readonly JsonValue[]).includes(detail)
}

/** How values stand in sentences of the viewer's language. */
function useSayings(): Sayings {
  const t = useTranslations('common')
  const locale = useLocale()
  const duration = useDuration()
  const clockTime = useClockTime()
  return useMemo(
    () => ({
      duration,
      clock: (at) => clockTime(at, 'seconds'),
      list: (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
      scope: (level, named) => t(`scope.${level}`, named),
      yes: t('yes'),
      no: t('no'),
      nothing: t('nothing'),
    }),
    [t, locale, duration, clockTime],
  )
}

/** Sentences of codes with the values that were recorded beside them. */
export function useSentences() {
  const t = useTranslations()
  const say = useSayings()
  return useMemo(() => {
    // A newer replica may have written a word that has no sentence here yet: it stands as it is.
    const reason = (code: ReasonCode, values: Values = {}) =>
      t.has(`reasons.${code}`) ? t(`reasons.${code}`, sayValues(t.raw(`reasons.${code}`), values, say)) : code
    const health = (code: HealthReason) => t(`health.${code}`)
    const outcome = ({ reason: code, detail }: { reason: OutcomeReason; detail: JsonValue }) =>
      t.has(`outcomes.${code}`)
        ? t(`outcomes.${code}`, sayValues(t.raw(`outcomes.${code}`), { detail: isHealthReason(detail) ? health(detail) : detail }, say))
        : code

    const reasonOf = ({ kind, data }: TimelineEvent, more: Values): JsonValue => {
      const code = data['reason']
      const group = typeof code === 'string' ? reasonGroup(kind) : null
      if (group === 'reasons') return reason(code as ReasonCode, { ...data, ...more })
      if (group === 'outcomes') return outcome({ reason: code as OutcomeReason, detail: data['detail'] ?? null })
      return group === 'health' ? health(code as HealthReason) : (code ?? null)
    }
    /** `more`: values of the check that settled a decision, which its event does not repeat. */
    const timeline = (event: TimelineEvent, more: Values = {}) => {
      if (!t.has(`timeline.${event.kind}`)) return event.kind
      const { verdict, effect, health: state, outcome: end } = event.data
      const values: Values = {
        ...event.data,
        reason: reasonOf(event, more),
        ...(verdict ? { verdict: t(`verdicts.${verdict as Verdict}`) } : {}),
        ...(effect ? { effect: t(`effects.${effect as Effect}`) } : {}),
        ...(state ? { health: t(`common.health.${state as Health}`) } : {}),
        ...(end ? { outcome: t(`incidents.${end as IncidentOutcome}`) } : {}),
      }
      return t(`timeline.${event.kind}`, sayValues(t.raw(`timeline.${event.kind}`), values, say))
    }
    return { reason, outcome, health, timeline, incident: (end: IncidentOutcome) => t(`incidents.${end}`) }
  }, [t, say])
}

/** Why a gate answered as it did. */
export function CheckSentence({ check }: { check: Check }) {
  return useSentences().reason(check.reason, { ...check.values, endsAt: check.endsAt })
}

export function TimelineSentence({ event, more }: { event: TimelineEvent; more?: Values }) {
  return useSentences().timeline(event, more)
}
