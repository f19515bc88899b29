'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { OpenItem } from '../../lib/client/now-board.ts'
import { useNow } from '../providers/clock.tsx'
import { useActorName } from '../ui/actor-name.tsx'
import { useDuration } from '../ui/duration.tsx'
import { Countdown, RunningClock } from '../ui/running-clock.tsx'
import { useSentences } from '../ui/sentence.tsx'
import { IncidentBadge, StatusBadge } from '../ui/status-badge.tsx'
import { Instant } from '../ui/time.tsx'
import { VerdictBadge } from '../ui/verdict-badge.tsx'

/** One workload that has trouble now: what goes on, for how long, and what one can do. */
export function OpenRow({ item, actions }: { item: OpenItem; actions?: ReactNode }) {
  const { workload, rollback, since } = item
  const t = useTranslations('now')
  return (
    <li className="border-b border-line px-4 py-3.5 last:border-0">
      <div className="flex items-start gap-x-4">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Link href={hrefOf(item)} className="text-[0.9375rem] font-semibold break-all hover:underline">
              {workload.name}
            </Link>
            <span className="text-text-3">{workload.namespace}</span>
            <Standing item={item} />
          </div>
          <div className="mt-1 text-text-2">{rollback ? <WhatGoesOn rollback={rollback} /> : <WhyNothing item={item} />}</div>
        </div>
        <div className="shrink-0 text-right">
          <div className="text-lg leading-tight font-semibold">
            <RunningClock since={since} />
          </div>
          <div className="text-[0.8125rem] text-text-3">{t.rich('began', { at: () => <Instant at={since} show="clock" /> })}</div>
        </div>
      </div>
      {actions && <div className="mt-3 flex flex-wrap gap-2 empty:hidden max-sm:*:flex-1 max-sm:*:first:flex-[2]">{actions}</div>}
    </li>
  )
}

/** The incident says more; a rollback by hand that belongs to none has its own page. */
export function hrefOf({ incidentId, rollback }: Pick<OpenItem, 'incidentId' | 'rollback'>): string {
  if (incidentId !== null) return `/incidents/${incidentId}`
  return rollback === null ? '/' : `/rollbacks/${rollback.id}`
}

/** What the card's title does not say: the phase with how long it has been in it, and what the evidence says where nothing is done. */
function Standing({ item: { rollback, decision } }: { item: OpenItem }) {
  if (rollback?.phase === 'proposed') return null
  if (rollback) {
    return (
      <StatusBadge phase={rollback.phase}>
        <RunningClock since={rollback.phaseSince} />
      </StatusBadge>
    )
  }
  return decision === null ? <IncidentBadge outcome={null} /> : <VerdictBadge verdict={decision.verdict} />
}

function WhatGoesOn({ rollback }: { rollback: NonNullable<OpenItem['rollback']> }) {
  const t = useTranslations('now')
  const duration = useDuration()
  const actorName = useActorName()
  const { from, to, reason, trigger, actor, phase, bakeTimeMs, expiresAt } = rollback
  return (
    <p className="break-words">
      {t('toRevision', { from: from.number, to: to.number })}
      {' · '}
      {trigger === 'person' ? `${t('byHand', { actor: actorName(actor) })}: ${reason}` : reason}
      {phase === 'verifying' && <> · {t('verifies', { duration: duration(bakeTimeMs) })}</>}
      {phase === 'proposed' && expiresAt !== null && (
        <>
          {' · '}
          {t.rich('expires', { left: () => <Countdown to={expiresAt} /> })}
        </>
      )}
    </p>
  )
}

function WhyNothing({ item: { decision } }: { item: OpenItem }) {
  const t = useTranslations('now')
  const say = useSentences()
  const now = useNow()
  if (decision === null) return <p>{t('whyUnknown')}</p>
  const settled = decision.checks.find(({ reason }) => reason === decision.reason)
  return (
    <div className="break-words">
      <p>{t('why', { reason: say.reason(decision.reason, settled ? { ...settled.values, endsAt: settled.endsAt } : {}) })}</p>
      {decision.decideAgainAt !== null && decision.decideAgainAt > now && (
        <p className="text-[0.8125rem]">{t.rich('decideAgain', { at: () => <Instant at={decision.decideAgainAt ?? 0} /> })}</p>
      )}
    </div>
  )
}
