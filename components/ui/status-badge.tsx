'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { IncidentOutcome } from '../../lib/core/incident.ts'
import type { Phase } from '../../lib/core/rollback.ts'
import { Badge } from './badge.tsx'
import type { Tone } from './tone.ts'

/** The only place where a phase gets a colour. */
const TONE: Record<Phase, Tone> = {
  proposed: 'accent',
  pending: 'busy',
  undoing: 'busy',
  progressing: 'busy',
  verifying: 'busy',
  succeeded: 'good',
  unverified: 'hold',
  failed: 'bad',
  superseded: 'hold',
  aborted: 'hold',
  declined: 'hold',
  expired: 'hold',
  simulated: 'dry',
}

const INCIDENT_TONE: Record<IncidentOutcome, Tone> = {
  rolled_back: 'good',
  rolled_back_by_hand: 'good',
  recovered_by_itself: 'hold',
  ended_unresolved: 'bad',
}

interface StatusBadgeProps {
  phase: Phase
  /** What goes on in it, such as a running clock. */
  children?: ReactNode
}

export function StatusBadge({ phase, children }: StatusBadgeProps) {
  const t = useTranslations('phase')
  return (
    <Badge tone={TONE[phase]}>
      {t(phase)}
      {children && (
        <>
          <span aria-hidden>·</span>
          {children}
        </>
      )}
    </Badge>
  )
}

/** Null: it is open. */
export function IncidentBadge({ outcome, children }: { outcome: IncidentOutcome | null; children?: ReactNode }) {
  const t = useTranslations('phase.incident')
  return (
    <Badge tone={outcome === null ? 'bad' : INCIDENT_TONE[outcome]}>
      {t(outcome ?? 'open')}
      {children && (
        <>
          <span aria-hidden>·</span>
          {children}
        </>
      )}
    </Badge>
  )
}
