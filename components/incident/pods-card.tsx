'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { isTroubled, type PodEvidence } from '../../lib/core/evidence.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Instant } from '../ui/time.tsx'
import type { Evidence } from './story.ts'

/** The pods of the revision that is to blame, as they were seen while they were there. */
export function PodsCard({ evidence }: { evidence: Evidence | null }) {
  const t = useTranslations('incident.pods')
  if (evidence === null) return null
  const { pods, podCount, readyCount, revision, seenAt } = evidence
  const counts = podCount !== null && readyCount !== null && <>{t('ready', { ready: readyCount, count: podCount })} · </>
  return (
    <Card aria-labelledby="pods-card">
      <CardHeader
        id="pods-card"
        title={t('title', { number: revision.number })}
        aside={
          <>
            {counts}
            {t.rich('seen', { at: () => <Instant at={seenAt} show="seconds" /> })}
          </>
        }
      />
      <CardBody>{typeof pods === 'string' ? <p className="text-text-2">{t(`unseen.pods.${pods}`)}</p> : <Pods pods={pods} />}</CardBody>
    </Card>
  )
}

function Pods({ pods }: { pods: readonly PodEvidence[] }) {
  const t = useTranslations('incident.pods')
  if (pods.length === 0) return <p className="text-text-2">{t('none')}</p>
  return (
    <>
      {!pods.some(isTroubled) && <p className="mb-2 text-text-2">{t('allWell')}</p>}
      <ul className="divide-y divide-line">
        {pods.map((pod) => (
          <li key={pod.name} className="py-3 first:pt-0 last:pb-0">
            <Pod pod={pod} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Pod({ pod }: { pod: PodEvidence }) {
  const t = useTranslations('incident.pods')
  const id = useId()
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id={id} className="min-w-0 font-mono text-[0.8125rem] font-semibold break-all">
          {pod.name}
        </h3>
        <Badge tone={pod.ready ? 'good' : 'bad'}>{pod.reason ?? t(pod.ready ? 'isReady' : 'notReady')}</Badge>
        <span className="text-[0.8125rem] text-text-2">
          {t('restarts', { count: pod.restarts })}
          {pod.node !== null && ` · ${t('node', { node: pod.node })}`}
        </span>
      </div>
      <Events events={pod.events} />
      <Log log={pod.logs} podId={id} />
    </div>
  )
}

function Events({ events }: { events: PodEvidence['events'] }) {
  const t = useTranslations('incident.pods')
  if (typeof events === 'string') return <p className="text-[0.8125rem] text-text-3">{t(`unseen.events.${events}`)}</p>
  if (events.length === 0) return <p className="text-[0.8125rem] text-text-3">{t('noEvents')}</p>
  return (
    <ul aria-label={t('events')} className="space-y-1 text-[0.8125rem]">
      {events.map((event) => (
        <li key={`${event.reason} ${event.message}`} className="flex flex-wrap gap-x-2">
          <span className={event.type === 'Warning' ? 'font-semibold text-bad' : 'font-semibold text-text-2'}>{event.reason}</span>
          <span className="min-w-0 break-words">{event.message}</span>
          <span className="text-text-3">
            {event.count > 1 && `${t('times', { count: event.count })} · `}
            {event.lastSeenAt !== null && <Instant at={event.lastSeenAt} show="seconds" />}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** @param podId of the element with the pod's name: two pods write lines under the same title */
function Log({ log, podId }: { log: PodEvidence['logs']; podId: string }) {
  const t = useTranslations('incident.pods')
  if (typeof log === 'string') return <p className="text-[0.8125rem] text-text-3">{t(`unseen.logs.${log}`)}</p>
  const title = t(log.previous ? 'logsBefore' : 'logs', { container: log.container })
  return (
    <figure>
      <figcaption id={`${podId}-lines`} className="mb-1 text-[0.8125rem] text-text-2">
        {title}
      </figcaption>
      {log.lines.length === 0 ? (
        <p className="text-[0.8125rem] text-text-3">{t('noLines')}</p>
      ) : (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
          aria-labelledby={`${podId} ${podId}-lines`}
          className="max-h-56 overflow-y-auto rounded-control bg-sunken px-3 py-2"
        >
          <pre className="font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{log.lines.join('\n')}</pre>
        </section>
      )}
    </figure>
  )
}
