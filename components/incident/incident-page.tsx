'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { incidentSignalQuery } from '../../lib/client/incident-signal.ts'
import { type IncidentDetail, incidentQuery } from '../../lib/client/incidents.ts'
import { alertName } from '../../lib/core/alert.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { notFoundWithout } from '../ui/subject.ts'
import { AlertCard } from './alert-card.tsx'
import { ChangesCard } from './changes-card.tsx'
import { DecisionsCard } from './decisions-card.tsx'
import { DiffCard } from './diff-card.tsx'
import { GatesCard } from './gates-card.tsx'
import { type PauseOfWorkload, StickyIncidentActions } from './incident-actions.tsx'
import { IncidentLead } from './incident-lead.tsx'
import { JudgementCard } from './judgement-card.tsx'
import { NextCard } from './next-card.tsx'
import { OwnershipNotice } from './ownership-notice.tsx'
import { PodsCard } from './pods-card.tsx'
import { SignalCard } from './signal-card.tsx'
import { isEnded, rollbackOf, storyOfIncident } from './story.ts'
import { TimeCard } from './time-card.tsx'
import { TimelineCard } from './timeline-card.tsx'

/** One incident: a sentence first, then the evidence in the order in which one would ask. */
export function IncidentPage({ id, Pause }: { id: string; Pause: PauseOfWorkload }) {
  const t = useTranslations('incident')
  const query = useQuery(incidentQuery(id))
  notFoundWithout(query)
  return (
    <>
      {query.data === undefined && query.error && <PageLead crumbs={[{ text: t('crumb'), href: '/' }]} headline={t('unknown')} />}
      <QueryState query={query} loading={<IncidentSkeleton />}>
        {(detail) => <Incident detail={detail} Pause={Pause} />}
      </QueryState>
    </>
  )
}

function Incident({ detail, Pause }: { detail: IncidentDetail; Pause: PauseOfWorkload }) {
  const { incident, episodes, decisions, timeline, leftOut } = detail
  const signal = useQuery(incidentSignalQuery(incident.id, incident.closedAt === null))
  const story = storyOfIncident(detail)
  const t = useTranslations('incident.title')
  const names = { workload: story.workload.name, alert: story.episode ? alertName(story.episode.labels) : '' }
  return (
    <>
      <PageTitle page={t(story.episode ? 'alert' : 'plain', names)} />
      <IncidentLead story={story} Pause={Pause} signal={signal.data ?? null} outcome={incident.outcome} />
      <div className="space-y-4">
        <OwnershipNotice
          workload={story.workload}
          rollbackIds={detail.rollbacks.map((rollback) => rollback.id)}
          isOpen={incident.closedAt === null}
        />
        {story.rollback && <TimeCard rollback={story.rollback} />}
        {isEnded(story.kind) && (
          <JudgementCard decision={story.decision} rollback={rollbackOf(detail, story.decision)} timeline={timeline} />
        )}
        <SignalCard story={story} query={signal} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
          <div className="space-y-4">
            <NextCard story={story} />
            <GatesCard decision={story.decision} count={decisions.length + leftOut.decisions} />
            <DecisionsCard detail={detail} counting={story.decision} />
          </div>
          <div className="space-y-4">
            <TimelineCard story={story} events={timeline} leftOut={leftOut.timeline} decisions={decisions} />
            <AlertCard episodes={episodes} leftOut={leftOut.episodes} />
          </div>
        </div>
        <ChangesCard evidence={story.evidence} together={detail.together} startedAt={incident.startedAt} />
        <DiffCard evidence={story.evidence} />
        <PodsCard evidence={story.evidence} />
      </div>
      <StickyIncidentActions story={story} Pause={Pause} />
    </>
  )
}

/** In the size of what will stand there. */
export function IncidentSkeleton() {
  return (
    <>
      <Skeleton className="mb-3 h-5 w-56" />
      <Skeleton className="h-14 max-w-2xl" />
      <Skeleton className="mt-2 h-5 max-w-xl" />
      <div className="mt-3.5 mb-5 flex gap-2">
        <Skeleton className="h-9 w-36" />
        <Skeleton className="h-9 w-44" />
      </div>
      <div className="space-y-4">
        <Skeleton className="h-31" />
        <Skeleton className="h-88" />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
          <Skeleton className="h-96" />
          <Skeleton className="h-96" />
        </div>
      </div>
    </>
  )
}
