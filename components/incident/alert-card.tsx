'use client'

import { useTranslations } from 'use-intl'
import { alertName } from '../../lib/core/alert.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Instant } from '../ui/time.tsx'
import type { Episode } from './story.ts'

/** What alerted: every alert of the incident, with the words of its rule and its labels. */
export function AlertCard({ episodes, leftOut }: { episodes: readonly Episode[]; leftOut: number }) {
  const t = useTranslations('incident.alert')
  return (
    <Card aria-labelledby="alert-card">
      <CardHeader id="alert-card" title={t('title')} />
      <CardBody>
        {episodes.length === 0 && <p className="text-text-2">{t('none')}</p>}
        <ul className="divide-y divide-line">
          {episodes.map((episode) => (
            <li key={episode.id} className="py-3 first:pt-0 last:pb-0">
              <Alert episode={episode} />
            </li>
          ))}
        </ul>
        {leftOut > 0 && <p className="mt-2 text-[0.8125rem] text-text-3">{t('leftOut', { count: leftOut })}</p>}
      </CardBody>
    </Card>
  )
}

function Alert({ episode }: { episode: Episode }) {
  const t = useTranslations('incident.alert')
  const { summary, description } = episode.annotations
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-semibold break-all">{alertName(episode.labels)}</h3>
        {episode.resolvedAt === null ? (
          <Badge tone="bad">{t('firing')}</Badge>
        ) : (
          <Badge tone="good">{t.rich('resolved', { at: () => <Instant at={episode.resolvedAt ?? 0} show="seconds" /> })}</Badge>
        )}
        <span className="text-[0.8125rem] text-text-2">
          {t.rich('since', { at: () => <Instant at={episode.startsAt} show="seconds" /> })}
        </span>
      </div>
      {summary && <p className="break-words">{summary}</p>}
      {description && <p className="break-words text-text-2">{description}</p>}
      <ul aria-label={t('labels')} className="flex flex-wrap gap-1.5 font-mono text-xs">
        {Object.entries(episode.labels).map(([name, value]) => (
          <li key={name} className="rounded-md bg-sunken px-1.5 py-0.5 break-all">
            <span className="text-text-3">{name}=</span>
            {value}
          </li>
        ))}
      </ul>
      {episode.truncatedAlerts > 0 && <p className="text-[0.8125rem] text-busy">{t('truncated', { count: episode.truncatedAlerts })}</p>}
    </div>
  )
}
