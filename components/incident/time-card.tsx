'use client'

import { useTranslations } from 'use-intl'
import { useNow } from '../providers/clock.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { useDuration } from '../ui/duration.tsx'
import { RunningClock } from '../ui/running-clock.tsx'
import { Instant } from '../ui/time.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { type Bar, type BarPart, type BarSegment, prepareBar } from './mttr-bar.ts'
import type { Rollback } from './story.ts'

const LOOK: Record<BarPart, string> = {
  detect: 'bg-bad-soft text-bad',
  decide: 'bg-accent text-on-accent',
  execute: 'bg-accent-soft text-accent-strong',
  recover: 'bg-good-soft text-good',
  verify: 'bg-busy-soft text-busy',
}
/** Narrower than this a label would be cut. */
const LABEL_FROM_SHARE = 0.16
const LABEL_ON_PHONE_FROM_SHARE = 0.45

/** The time that it took, in its parts; what goes on runs. */
export function TimeCard({ rollback }: { rollback: Rollback }) {
  const t = useTranslations('incident.bar')
  const now = useNow()
  const bar = prepareBar(rollback, Math.max(now, rollback.phaseSince))
  const { clocks } = rollback
  return (
    <Card aria-labelledby="time-card">
      <CardHeader
        id="time-card"
        title={<Title rollback={rollback} bar={bar} />}
        aside={rollback.trigger === 'alert' && !rollback.dryRun && t('promise')}
      />
      <CardBody>
        {bar.segments.length > 0 && (
          <div className="flex h-6.5 gap-px overflow-hidden rounded-md" aria-hidden>
            {bar.segments.map((segment) => (
              <Segment key={segment.part} segment={segment} />
            ))}
          </div>
        )}
        <dl className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-[0.8125rem] text-text-2">
          {clocks.deployedAt !== null && (
            <Fact name={t('deployed')}>
              <Instant at={clocks.deployedAt} show="seconds" />
            </Fact>
          )}
          {bar.segments.map((segment) => (
            <PartFact key={segment.part} segment={segment} />
          ))}
          <Healthy bar={bar} bakeTimeMs={rollback.bakeTimeMs} />
        </dl>
        {clocks.startedAtSource === 'starts_at' && clocks.startedAt !== null && (
          <p className="mt-1.5 text-[0.8125rem] text-text-3">
            {t.rich('upperBound', { at: () => <Instant at={clocks.startedAt ?? 0} show="seconds" /> })}
          </p>
        )}
      </CardBody>
    </Card>
  )
}

function Title({ rollback, bar }: { rollback: Rollback; bar: Bar }) {
  const t = useTranslations('incident.bar')
  const duration = useDuration()
  if (bar.mttrMs !== null) return <span className="text-text">{t('mitigated', { ms: duration(bar.mttrMs) })}</span>
  if (bar.runningMs !== null) {
    const since = rollback.clocks.startedAt ?? rollback.clocks.decidedAt ?? rollback.openedAt
    return <span className="text-text">{t.rich('running', { clock: () => <RunningClock since={since} /> })}</span>
  }
  if (rollback.phase === 'proposed') return t('waiting')
  if (rollback.dryRun) return t('simulated')
  if (rollback.phase === 'unverified') return t('unverified')
  return t(rollback.trigger === 'person' && rollback.phase === 'succeeded' ? 'byHand' : 'notMitigated')
}

function Segment({ segment: { part, ms, share } }: { segment: BarSegment }) {
  const t = useTranslations('incident.bar')
  const duration = useDuration()
  return (
    <span
      style={{ width: `${share * 100}%` }}
      className={classNames('flex min-w-0 items-center overflow-hidden px-2 text-xs font-semibold whitespace-nowrap', LOOK[part])}
    >
      {share >= LABEL_FROM_SHARE && (
        <span className={classNames('truncate', share < LABEL_ON_PHONE_FROM_SHARE && 'max-sm:hidden')}>
          {t(part)} {duration(ms)}
        </span>
      )}
    </span>
  )
}

function PartFact({ segment: { part, ms, isRunning } }: { segment: BarSegment }) {
  const t = useTranslations('incident.bar')
  const duration = useDuration()
  return (
    <Tooltip text={t(`explain.${part}`)}>
      <div className="flex items-baseline gap-1.5">
        <dt className="flex items-center gap-1.5">
          <span aria-hidden className={classNames('size-2.5 rounded-[3px]', LOOK[part])} />
          {t(part)}
        </dt>
        <dd className="font-semibold text-text tabular-nums">
          {duration(isRunning ? Math.floor(ms / 1_000) * 1_000 : ms)}
          {isRunning && <span className="ml-1 font-normal text-text-3">{t('goesOn')}</span>}
        </dd>
      </div>
    </Tooltip>
  )
}

function Healthy({ bar: { healthyMs }, bakeTimeMs }: { bar: Bar; bakeTimeMs: number }) {
  const t = useTranslations('incident.bar')
  const duration = useDuration()
  if (healthyMs === null) return null
  const ms = Math.floor(Math.min(healthyMs, bakeTimeMs) / 1_000) * 1_000
  return <div className="text-good">{t('healthy', { ms: duration(ms), bakeMs: duration(bakeTimeMs) })}</div>
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt>{name}</dt>
      <dd className="font-semibold text-text">{children}</dd>
    </div>
  )
}
