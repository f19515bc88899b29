'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { type ReleasedBeside, TOGETHER_MS } from '../../lib/core/released-together.ts'
import { type TrafficThenAndNow, trafficRatio, trafficTrend } from '../../lib/core/traffic.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfigChanges } from '../ui/config-changes.tsx'
import { useDuration } from '../ui/duration.tsx'
import { ImageNames } from '../ui/image-names.tsx'
import { Instant } from '../ui/time.tsx'
import { workloadPath } from '../ui/workload-path.ts'
import { Fold } from './fold.tsx'
import type { Evidence } from './story.ts'
import { hasElse, rateText, ratioText, type Together, wasLookedFor } from './what-else.ts'

interface ChangesCardProps {
  evidence: Evidence | null
  together: Together
  /** When the trouble began; null: there was none. */
  startedAt: number | null
}

/** What changed beside the deploy: configuration, other releases, traffic. A person may see a cause in it that no rollback mends. */
export function ChangesCard({ evidence, together, startedAt }: ChangesCardProps) {
  const t = useTranslations('incident.changes')
  const configs = useTranslations('configs')
  if (!wasLookedFor(evidence, together)) return null
  const rows = (
    <dl className="space-y-3 sm:space-y-2">
      {evidence?.configs !== undefined && evidence.target !== null && (
        <Row name={configs('title')}>
          {evidence.configs === null ? (
            <p className="text-text-2">{configs('unread')}</p>
          ) : (
            <ConfigChanges configs={evidence.configs} startedAt={startedAt} />
          )}
        </Row>
      )}
      <Row name={t('together.title')}>
        <ReleasedTogether together={together} />
      </Row>
      {evidence?.traffic && (
        <Row name={t('traffic.title')}>
          <Traffic traffic={evidence.traffic} />
        </Row>
      )}
    </dl>
  )
  return (
    <Card aria-labelledby="changes-card">
      <CardHeader id="changes-card" title={t('title')} aside={t('aside')} />
      <CardBody>
        {hasElse(evidence, together) ? (
          rows
        ) : (
          <>
            <p className="text-text-2">{t('nothing')}</p>
            <Fold summary={t('looked')}>
              <div className="pt-1">{rows}</div>
            </Fold>
          </>
        )}
      </CardBody>
    </Card>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="gap-x-4 sm:grid sm:grid-cols-[11rem_minmax(0,1fr)]">
      <dt className="text-[0.8125rem] leading-6 text-text-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

function ReleasedTogether({ together }: { together: Together }) {
  const t = useTranslations('incident.changes.together')
  const duration = useDuration()
  if (together === null) return <p className="text-text-2">{t('unknown')}</p>
  if (together.of.length === 0) return <p className="text-text-2">{t('none', { within: duration(TOGETHER_MS) })}</p>
  return (
    <>
      <ul className="divide-y divide-line">
        {together.of.map((one) => (
          <li key={`${one.workload.namespace}/${one.workload.name}`} className="py-1.5 first:pt-0 last:pb-0">
            <Beside one={one} deployedAt={together.deployedAt} />
          </li>
        ))}
      </ul>
      {together.leftOut > 0 && <p className="pt-1 text-text-2">{t('leftOut', { count: together.leftOut })}</p>}
    </>
  )
}

function Beside({ one, deployedAt }: { one: ReleasedBeside; deployedAt: number }) {
  const t = useTranslations('incident.changes.together')
  const duration = useDuration()
  const { workload, revision, trouble } = one
  const gap = one.deployedAt - deployedAt
  const side = gap < 0 ? 'before' : 'after'
  const when = Math.abs(gap) < 1_000 ? 'other' : side
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link
        href={workloadPath(workload)}
        className="touch-target inline-flex min-w-0 items-center font-semibold wrap-anywhere hover:underline"
      >
        {workload.namespace}/{workload.name}
      </Link>
      <ImageNames images={revision.images} />
      <span className="text-[0.8125rem] text-text-2">
        {t.rich('deployed', { when, gap: duration(Math.abs(gap)), at: () => <Instant at={one.deployedAt} show="seconds" /> })}
      </span>
      {trouble === null ? (
        <span className="text-[0.8125rem] text-text-3">{t('well')}</span>
      ) : (
        <Link href={`/incidents/${trouble.incidentId}`} className="touch-target inline-flex items-center rounded-full hover:underline">
          <Badge tone={trouble.isOpen ? 'bad' : 'hold'}>{t(trouble.isOpen ? 'troubled' : 'wasTroubled')}</Badge>
        </Link>
      )}
    </div>
  )
}

function Traffic({ traffic }: { traffic: TrafficThenAndNow }) {
  const t = useTranslations('incident.changes.traffic')
  const locale = useLocale()
  if (traffic.state !== 'read') return <p className="text-text-2">{t(traffic.state)}</p>
  const { before, now, expression } = traffic
  const rate = (perSecond: number | null) => rateText(perSecond ?? 0, locale)
  const values = { before: rate(before.perSecond), now: rate(now.perSecond), at: () => <Instant at={now.at} show="seconds" /> }
  return <p title={expression}>{sentence()}</p>

  function sentence(): ReactNode {
    const [then, today] = [before.perSecond, now.perSecond]
    if (then === null && today === null) return t.rich('uncounted', { ...values, which: 'other' })
    if (then === null) return t.rich('uncounted', { ...values, which: 'before' })
    if (today === null) return t.rich('uncounted', { ...values, which: 'now' })
    const ratio = trafficRatio(traffic)
    const trend = trafficTrend(traffic)
    if (ratio === null || trend === 'unknown') return t.rich('fromNothing', values)
    return t.rich(trend, { ...values, ratio: ratioText(ratio, locale) })
  }
}
