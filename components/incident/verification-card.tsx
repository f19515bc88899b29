'use client'

import { useLocale, useTranslations } from 'use-intl'
import type { Health, Measurement } from '../../lib/core/signal.ts'
import { guessUnit } from '../../lib/core/signal-unit.ts'
import { signalText } from '../charts/signal-text.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { useSentences } from '../ui/sentence.tsx'
import type { Tone } from '../ui/tone.ts'
import type { Rollback } from './story.ts'

const TONE: Record<Health, Tone> = { healthy: 'good', unhealthy: 'bad', inconclusive: 'hold' }

/** What verification saw at its latest look: pods and signals, with their values. */
export function VerificationCard({ rollback: { verification, dryRun } }: { rollback: Rollback }) {
  const t = useTranslations('rollback.verification')
  const sentences = useSentences()
  if (dryRun) return null
  const reading = verification?.reading ?? null
  const seen = verification?.seen ?? null
  return (
    <Card aria-labelledby="verification-card">
      <CardHeader id="verification-card" title={t('title')} aside={reading && t('reading')} />
      <CardBody className="space-y-2">
        {reading === null ? (
          <p className="text-text-2">{t('not_yet')}</p>
        ) : (
          <p className="flex flex-wrap items-center gap-2">
            <HealthBadge health={reading.health} />
            {sentences.health(reading.reason)}
          </p>
        )}
        {seen?.pods && (
          <p className="text-text-2">{t('pods', { ready: seen.pods.filter(({ ready }) => ready).length, count: seen.pods.length })}</p>
        )}
        <ul className="space-y-1">
          {seen?.signals.map(({ name, health, measurement }) => (
            <li key={name} className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0 break-all">{name}</span>
              <span className="flex items-center gap-2">
                {measurement && <Measured measurement={measurement} />}
                <HealthBadge health={health} />
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}

function HealthBadge({ health }: { health: Health }) {
  const t = useTranslations('common.health')
  return (
    <Badge tone={TONE[health]}>
      <span className="inline-block first-letter:uppercase">{t(health)}</span>
    </Badge>
  )
}

/** The first comparison of the rule, as it was read. */
function Measured({ measurement }: { measurement: Measurement }) {
  const t = useTranslations('incident.signal')
  const locale = useLocale()
  const first = firstComparison(measurement)
  if (first === null || first.value === null) return null
  const text = (value: number) => signalText(value, guessUnit(first.expression, first.threshold), locale)
  return (
    <span className="text-[0.8125rem] text-text-2 tabular-nums">
      {text(first.value)} · {t('limit', { value: text(first.threshold) })}
    </span>
  )
}

function firstComparison(measurement: Measurement): Extract<Measurement, { kind: 'comparison' }> | null {
  if (measurement.kind === 'comparison') return measurement
  if (measurement.kind === 'unreadable') return null
  return measurement.parts.map(firstComparison).find((part) => part !== null) ?? null
}
