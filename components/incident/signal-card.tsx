'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import type { IncidentSignal } from '../../lib/core/signal-range.ts'
import { prepareSignal, type SignalMark, type SignalToDraw, signalFacts } from '../charts/prepare-signal.ts'
import { SignalChart } from '../charts/signal-chart.tsx'
import { signalText } from '../charts/signal-text.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useClockTime } from '../ui/time.tsx'
import { deployedAtOf, headlineValues } from './headline.ts'
import type { Story } from './story.ts'

type ReadSignal = Extract<IncidentSignal, { state: 'read' }>

/** What the alert measures around the deploy, with the limit and what was done. */
export function SignalCard({ story, query }: { story: Story; query: UseQueryResult<IncidentSignal> }) {
  const t = useTranslations('incident.signal')
  const locale = useLocale()
  const signal = query.data ?? null
  const { cause, alert } = headlineValues(story, signal, locale)
  const title = cause === 'failed' || cause === 'slow' || cause === 'crash' ? t(`title.${cause}`) : t('title.measured', { alert })
  const limit = signal?.state === 'read' && t('limit', { value: signalText(signal.threshold, signal.unit, locale) })
  return (
    <Card aria-labelledby="signal-card">
      <CardHeader id="signal-card" title={title} aside={limit} />
      <CardBody>
        <QueryState query={query} loading={<Skeleton className="h-[18.25rem]" />}>
          {(read) =>
            read.state === 'read' ? (
              <Views signal={read} story={story} />
            ) : (
              <p className="text-text-2">{t(`state.${read.state}`, { alert })}</p>
            )
          }
        </QueryState>
      </CardBody>
    </Card>
  )
}

function Views({ signal, story }: { signal: ReadSignal; story: Story }) {
  const t = useTranslations('incident.signal')
  const locale = useLocale()
  const clock = useClockTime()
  const drawn: SignalToDraw = { ...signal, marks: useMarks(story), healthy: healthyOf(story) }
  const text = (value: number) => signalText(value, signal.unit, locale)
  const { worst } = signalFacts(signal, deployedAtOf(story) ?? signal.from)
  const summary = t('summary', {
    count: signal.points.length,
    from: clock(signal.from),
    to: clock(signal.to),
    worst: worst === null ? '' : text(worst),
    limit: text(signal.threshold),
  })
  const chart = (
    <SignalChart
      signal={drawn}
      label={summary}
      valueText={text}
      timeText={(at) => clock(at)}
      exactTimeText={(at) => clock(at, 'seconds')}
    />
  )
  const withLegend = (
    <>
      {chart}
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-xs text-text-2">
        <li className="flex items-center gap-2">
          <span aria-hidden className="w-5 border-t-2 border-dashed border-bad" />
          {t('limit', { value: text(signal.threshold) })}
        </li>
        {drawn.healthy && (
          <li className="flex items-center gap-2">
            <span aria-hidden className="h-3 w-5 rounded-sm bg-good-soft" />
            {t('healthy')}
          </li>
        )}
      </ul>
      {drawn.healthy && <p className="mt-1 text-xs text-text-3">{t('trails')}</p>}
    </>
  )
  return (
    <Tabs
      label={t('views')}
      tabs={[
        { value: 'chart', label: t('chart'), content: withLegend },
        { value: 'table', label: t('table'), content: <Readings signal={drawn} text={text} caption={summary} /> },
      ]}
    />
  )
}

function useMarks({ rollback, from, to, decision }: Story): SignalMark[] {
  const t = useTranslations('incident.signal')
  const deployedAt = deployedAtOf({ rollback, decision })
  const undoneAt = rollback?.clocks.undoneAt ?? null
  return [
    ...(deployedAt === null ? [] : [{ at: deployedAt, label: t('deploy', { number: from?.number ?? '' }), tone: 'deploy' as const }]),
    ...(undoneAt === null ? [] : [{ at: undoneAt, label: t('undo', { number: to?.number ?? '' }), tone: 'undo' as const }]),
  ]
}

function healthyOf({ rollback }: Story): SignalToDraw['healthy'] {
  const { mitigatedAt, verifiedAt } = rollback?.clocks ?? { mitigatedAt: null, verifiedAt: null }
  return mitigatedAt === null || verifiedAt === null ? null : { from: mitigatedAt, to: verifiedAt }
}

function Readings({ signal, text, caption }: { signal: SignalToDraw; text: (value: number) => string; caption: string }) {
  const t = useTranslations('incident.signal')
  const clock = useClockTime()
  const rows = prepareSignal(signal).rows
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="h-60 overflow-y-auto" tabIndex={0} aria-label={caption}>
      <table className="w-full text-left tabular-nums">
        <thead className="sticky top-0 bg-surface text-xs text-text-3">
          <tr>
            <th className="py-1 font-semibold">{t('time')}</th>
            <th className="py-1 text-right font-semibold">{t('value')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, value }) => (
            <tr key={at} className="border-t border-line">
              <td className="py-1">{clock(at, 'seconds')}</td>
              <td className="py-1 text-right">{value === null ? <span className="text-text-3">{t('gap')}</span> : text(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
