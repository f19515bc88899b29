'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { judgementIn, workloadDecisionsQuery } from '../../lib/client/decisions.ts'
import { type IncidentInList, incidentsQuery } from '../../lib/client/incidents.ts'
import type { JudgementWord } from '../../lib/core/judgement.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { useDuration } from '../ui/duration.tsx'
import { JudgementMark } from '../ui/judgement-mark.tsx'
import { IncidentBadge } from '../ui/status-badge.tsx'
import { Instant } from '../ui/time.tsx'
import { RecentList } from './recent-list.tsx'

/** The latest incidents of a workload. */
export function RecentIncidents({ workload }: { workload: WorkloadRef }) {
  const t = useTranslations('workload.incidents')
  const decisions = useQuery(workloadDecisionsQuery(workload)).data?.items ?? []
  const query = useQuery(incidentsQuery({ namespace: workload.namespace, name: workload.name, limit: '5' }))
  return (
    <RecentList
      id="incidents"
      title={t('title')}
      query={query}
      empty={t('empty')}
      line={(incident) => (
        <IncidentLine incident={incident} judgement={judgementIn(decisions, { incidentId: incident.id, rollbackId: null })} />
      )}
    />
  )
}

function IncidentLine({ incident, judgement }: { incident: IncidentInList; judgement: JudgementWord | null }) {
  const t = useTranslations('workload.incidents')
  const say = useDuration()
  return (
    <Link
      href={`/incidents/${incident.id}`}
      className="touch-target flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2 hover:bg-sunken"
    >
      <span>
        <Instant at={incident.startedAt} show="both" />
        {incident.closedAt !== null && (
          <span className="text-text-3"> · {t('lasted', { for: say(incident.closedAt - incident.startedAt) })}</span>
        )}
      </span>
      <span className="flex items-center gap-1.5">
        <JudgementMark judgement={judgement} />
        <IncidentBadge outcome={incident.outcome} />
      </span>
    </Link>
  )
}
