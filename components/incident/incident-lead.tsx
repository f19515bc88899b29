'use client'

import { useLocale, useTranslations } from 'use-intl'
import type { IncidentSignal } from '../../lib/core/signal-range.ts'
import { COLOURS } from '../ui/coloured.tsx'
import { useDuration } from '../ui/duration.tsx'
import { shortImage } from '../ui/image-names.tsx'
import { type Crumb, PageLead } from '../ui/page-lead.tsx'
import { RunningClock } from '../ui/running-clock.tsx'
import { CheckSentence, useSentences } from '../ui/sentence.tsx'
import { IncidentBadge, StatusBadge } from '../ui/status-badge.tsx'
import { useClockTime } from '../ui/time.tsx'
import { workloadPath } from '../ui/workload-path.ts'
import { headlineValues, sublineOf } from './headline.ts'
import { IncidentActions, type PauseOfWorkload } from './incident-actions.tsx'
import { isRunning, type Story } from './story.ts'

interface LeadProps {
  story: Story
  signal: IncidentSignal | null
  /** How the incident ended; null while it is open, undefined on the page of a rollback. */
  outcome?: Parameters<typeof IncidentBadge>[0]['outcome']
  Pause: PauseOfWorkload
}

/** The top of the page: what happened, why, did it help, and what one can do. */
export function IncidentLead({ story, signal, outcome, Pause }: LeadProps) {
  const t = useTranslations('incident')
  const { workload } = story
  const crumbs: Crumb[] = [
    { text: t('crumb'), href: '/' },
    { text: workload.namespace },
    { text: workload.name, href: workloadPath(workload) },
  ]
  return (
    <PageLead
      crumbs={crumbs}
      status={<Status story={story} outcome={outcome} />}
      headline={<Headline story={story} signal={signal} />}
      subline={<SublineText story={story} signal={signal} outcome={outcome} />}
      actions={<IncidentActions story={story} Pause={Pause} />}
    />
  )
}

function Status({ story, outcome }: Pick<LeadProps, 'story' | 'outcome'>) {
  const { rollback, kind } = story
  if (rollback === null) return outcome === undefined ? null : <IncidentBadge outcome={outcome} />
  return <StatusBadge phase={rollback.phase}>{isRunning(kind) && <RunningClock since={rollback.phaseSince} />}</StatusBadge>
}

/** One sentence: the words of where it stands, with the cause or the reason in it. */
function Headline({ story, signal }: Pick<LeadProps, 'story' | 'signal'>) {
  const what = useTranslations('incident.what')
  const locale = useLocale()
  const values = headlineValues(story, signal, locale)
  const isHold = story.kind === 'held' || story.kind === 'escalated' || story.kind === 'recovered'
  return what.rich(story.kind, {
    ...values,
    ...COLOURS,
    why: () => (isHold ? <Why story={story} /> : <Cause values={values} />),
  })
}

function Cause({ values }: { values: ReturnType<typeof headlineValues> }) {
  const cause = useTranslations('incident.cause')
  return cause.rich(values.cause, { ...values, ...COLOURS })
}

/** The check that settled it, with its values; else the reason's bare sentence. */
function Why({ story: { decision } }: { story: Story }) {
  const sentences = useSentences()
  if (decision === null) return null
  const settling = decision.checks.find(({ reason }) => reason === decision.reason)
  return settling ? <CheckSentence check={settling} /> : sentences.reason(decision.reason)
}

function SublineText({ story, signal, outcome }: Pick<LeadProps, 'story' | 'signal' | 'outcome'>) {
  const t = useTranslations('incident')
  const locale = useLocale()
  const duration = useDuration()
  const clock = useClockTime()
  const sentences = useSentences()
  const { rollback, episode, decision, kind, from, to } = story
  const subline = sublineOf(story, signal, locale)
  const summary = episode?.annotations['summary'] ?? null
  const isHold = kind === 'held' || kind === 'escalated'
  // An undo renumbers revisions: the images are what people know a version by.
  const images = (revision: typeof from) => revision?.images.map(shortImage).join(', ') ?? ''
  const lines = [
    from !== null && to !== null && images(from) !== images(to) ? t('subline.versions', { from: images(from), to: images(to) }) : null,
    subline &&
      t(`subline.${subline.key}`, {
        ...subline.values,
        crossedMs: duration(subline.values.crossedMs),
        withinSince: clock(subline.values.withinSince, 'seconds'),
      }),
    subline === null ? summary : null,
    rollback?.outcome && kind !== 'succeeded' ? sentences.outcome(rollback.outcome) : null,
    kind === 'simulated' && outcome ? sentences.incident(outcome) : null,
    kind === 'proposed' && rollback?.expiresAt ? t('proposalEnds', { at: clock(rollback.expiresAt) }) : null,
    isHold && decision?.decideAgainAt ? t('gates.againAt', { at: clock(decision.decideAgainAt, 'seconds') }) : null,
  ].filter((line) => line !== null && line !== '')
  return lines.length === 0 ? null : lines.map((line) => <p key={String(line)}>{line}</p>)
}
