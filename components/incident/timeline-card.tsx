'use client'

import { useTranslations } from 'use-intl'
import type { TimelineEvent, TimelineKind } from '../../lib/core/timeline.ts'
import { ActorName } from '../ui/actor-name.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { TimelineSentence } from '../ui/sentence.tsx'
import { useClockTime } from '../ui/time.tsx'
import { Timeline, type TimelineEntry } from '../ui/timeline.tsx'
import type { Tone } from '../ui/tone.ts'
import { foldEvents } from './fold-events.ts'
import { beganAtOf, deployedAtOf } from './headline.ts'
import type { Decision, Story } from './story.ts'

const TONE: Partial<Record<TimelineKind, Tone>> = {
  alert_fired: 'bad',
  failed: 'bad',
  alert_resolved: 'good',
  restored: 'good',
  succeeded: 'good',
  incident_closed: 'good',
  simulated: 'dry',
  proposed: 'accent',
  approved: 'accent',
  decided: 'accent',
  opened: 'busy',
  undoing: 'busy',
  undone: 'busy',
  patch_sent_again: 'busy',
}

interface TimelineCardProps {
  story: Story
  events: readonly TimelineEvent[]
  decisions: readonly Decision[]
  /** Alerts' events on record that are not among these. */
  leftOut?: number
}

/** What happened when, from the deploy on; by whom, where it was a person. */
export function TimelineCard({ story, events, decisions, leftOut = 0 }: TimelineCardProps) {
  const t = useTranslations('incident.timeline')
  const before = useBefore(story)
  const clock = useClockTime()
  const told = foldEvents([...events].sort((a, b) => a.at - b.at)).map(({ event, count, lastAt }): TimelineEntry => {
    const isPerson = event.actor.kind === 'user' || event.actor.kind === 'token'
    const again = count > 1 ? t('times', { count, time: clock(lastAt, 'time') }) : undefined
    return {
      key: event.id,
      at: event.at,
      tone: toneOf(event),
      title: <TimelineSentence event={event} more={settlingValues(event, decisions)} />,
      detail: isPerson ? <ActorName actor={event.actor} /> : again,
    }
  })
  const entries = [...before, ...told].sort((a, b) => a.at - b.at)
  return (
    <Card aria-labelledby="timeline-card">
      <CardHeader id="timeline-card" title={t('title')} />
      <CardBody>
        {entries.length === 0 ? <p className="text-text-2">{t('empty')}</p> : <Timeline entries={entries} label={t('title')} />}
        {leftOut > 0 && <p className="mt-2 text-[0.8125rem] text-text-3">{t('leftOut', { count: leftOut })}</p>}
      </CardBody>
    </Card>
  )
}

/** What happened before we were told: the deploy and the beginning. */
function useBefore(story: Story): TimelineEntry[] {
  const t = useTranslations('incident.timeline')
  const deployedAt = deployedAtOf(story)
  const began = beganAtOf(story)
  const images = story.from?.images.join(', ')
  return [
    ...(deployedAt === null || story.from === null
      ? []
      : [{ key: 'deployed', at: deployedAt, tone: 'hold' as const, title: t('deployed', { number: story.from.number }), detail: images }]),
    ...(began === null ? [] : [{ key: 'began', at: began, tone: 'bad' as const, title: t('began') }]),
  ]
}

function toneOf({ kind, data }: TimelineEvent): Tone {
  if (kind !== 'health_changed') return TONE[kind] ?? 'hold'
  if (data['health'] === 'healthy') return 'good'
  return data['health'] === 'unhealthy' ? 'bad' : 'hold'
}

/** The event of a decision does not repeat the values that its reason names. */
function settlingValues(event: TimelineEvent, decisions: readonly Decision[]) {
  const decision = decisions.find(({ id }) => id === event.data['decisionId'])
  const settling = decision?.checks.find(({ reason }) => reason === decision.reason)
  return settling && { ...settling.values, endsAt: settling.endsAt }
}
