'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { decisionQuery } from '../../lib/client/decisions.ts'
import { incidentSignalQuery } from '../../lib/client/incident-signal.ts'
import { type RollbackDetail, rollbackQuery } from '../../lib/client/rollbacks.ts'
import { PageTitle } from '../providers/page-title.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageLead } from '../ui/page-lead.tsx'
import { QueryState } from '../ui/query-state.tsx'
import { notFoundWithout } from '../ui/subject.ts'
import { ChangesCard } from './changes-card.tsx'
import { DiffCard } from './diff-card.tsx'
import { GatesCard } from './gates-card.tsx'
import { type PauseOfWorkload, StickyIncidentActions } from './incident-actions.tsx'
import { IncidentLead } from './incident-lead.tsx'
import { IncidentSkeleton } from './incident-page.tsx'
import { JudgementCard } from './judgement-card.tsx'
import { NextCard } from './next-card.tsx'
import { OwnershipNotice } from './ownership-notice.tsx'
import { PodsCard } from './pods-card.tsx'
import { SignalCard } from './signal-card.tsx'
import { isEnded, isRunning, storyOfRollback } from './story.ts'
import { TimeCard } from './time-card.tsx'
import { TimelineCard } from './timeline-card.tsx'
import { VerificationCard } from './verification-card.tsx'

/** One rollback, live: where a rollback by hand leads, and the operation behind an incident. */
export function RollbackPage({ id, Pause }: { id: string; Pause: PauseOfWorkload }) {
  const t = useTranslations('incident')
  const query = useQuery(rollbackQuery(id))
  notFoundWithout(query)
  return (
    <>
      {query.data === undefined && query.error && <PageLead crumbs={[{ text: t('crumb'), href: '/' }]} headline={t('unknown')} />}
      <QueryState query={query} loading={<IncidentSkeleton />}>
        {(detail) => <RollbackView detail={detail} Pause={Pause} />}
      </QueryState>
    </>
  )
}

function RollbackView({ detail, Pause }: { detail: RollbackDetail; Pause: PauseOfWorkload }) {
  const { rollback, timeline } = detail
  const { incidentId } = rollback
  const bare = storyOfRollback(detail)
  const decision = useQuery(decisionQuery(rollback.decisionId)).data ?? null
  const story = { ...bare, decision }
  const signal = useQuery({ ...incidentSignalQuery(incidentId ?? '', isRunning(story.kind)), enabled: incidentId !== null })
  const t = useTranslations('rollback')
  return (
    <>
      <PageTitle page={t('title', { workload: rollback.workload.name, to: rollback.to.number })} />
      <IncidentLead story={story} Pause={Pause} signal={signal.data ?? null} />
      <div className="space-y-4">
        {incidentId !== null && <OfIncident id={incidentId} />}
        <OwnershipNotice workload={rollback.workload} rollbackIds={[rollback.id]} isOpen={rollback.endedAt === null} />
        <TimeCard rollback={rollback} />
        {isEnded(story.kind) && <JudgementCard decision={decision} rollback={rollback} timeline={timeline} />}
        {incidentId !== null && <SignalCard story={story} query={signal} />}
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
          <div className="space-y-4">
            <NextCard story={story} />
            <GatesCard decision={decision} count={1} />
          </div>
          <div className="space-y-4">
            <VerificationCard rollback={rollback} />
            <TimelineCard story={story} events={timeline} decisions={decision ? [decision] : []} />
          </div>
        </div>
        <ChangesCard evidence={story.evidence} together={detail.together} startedAt={rollback.clocks.startedAt} />
        <DiffCard evidence={story.evidence} />
        <PodsCard evidence={story.evidence} />
      </div>
      <StickyIncidentActions story={story} Pause={Pause} />
    </>
  )
}

function OfIncident({ id }: { id: string }) {
  const t = useTranslations('rollback')
  const open = (
    <Link href={`/incidents/${id}`} className="rounded-sm font-semibold underline underline-offset-2">
      {t('toIncident')}
    </Link>
  )
  return (
    <Notice
      tone="accent"
      title={
        <>
          {t('ofIncident')} {open}
        </>
      }
    />
  )
}
