import { readSince } from '../condition-before.ts'
import type { OutsideFacts, Unheard } from '../outside-facts.ts'
import { podsSeen } from '../pods-seen.ts'
import type { Measurement } from '../signal.ts'
import type { PodState } from '../workload.ts'
import { stintOf, stintsUntil } from './history-of-story.ts'
import type { PodTold, Story } from './story.ts'
import { isWithin, MINUTE_ZERO, type Span, type Time } from './story-time.ts'

/** What Prometheus, Alertmanager and the API server tell at that time. */
export function outsideOf(story: Story, at: Time, lastSucceededAt: number | null): OutsideFacts {
  return {
    prometheus: unheard(story, 'prometheus', at) ?? inPrometheus(story, at),
    alertmanager: inAlertmanager(story, at),
    before: beforeDeploy(story, at, lastSucceededAt),
    now: nowOf(story, at),
    pods: podsOf(story, at),
  }
}

function nowOf(story: Story, at: Time): OutsideFacts['now'] {
  const state = unheard(story, 'prometheus', at)
  if (state !== null) return state === 'silent' ? 'silent' : null
  return readingAt(story, at)
}

/** Null: it answers. */
export function unheard({ silent, notConfigured }: Story, source: 'prometheus' | 'alertmanager', at: Time): Unheard | null {
  if (notConfigured.includes(source)) return 'not_configured'
  return isWithin(silent[source], at) ? 'silent' : null
}

/** The alert as the Prometheus has it that is asked. */
export function inPrometheus({ alert }: Story, at: Time): 'firing' | 'pending' | 'absent' {
  const { began, fired, resolved = null, firesInPrometheus = fired } = alert
  if (firesInPrometheus === null || !isWithin({ from: began, to: resolved }, at)) return 'absent'
  return at < firesInPrometheus ? 'pending' : 'firing'
}

function inAlertmanager(story: Story, at: Time): OutsideFacts['alertmanager'] {
  const { fired, resolved = null, firesInPrometheus, silence } = story.alert
  const state = unheard(story, 'alertmanager', at)
  if (state !== null) return { state }
  if (firesInPrometheus === null || !isWithin({ from: fired, to: resolved }, at)) return { state: 'absent' }
  if (silence === undefined || !isWithin(silence, at)) return { state: 'firing' }
  return { state: 'silenced', silencedUntil: silence.to === null ? null : MINUTE_ZERO + silence.to }
}

function beforeDeploy(story: Story, at: Time, lastSucceededAt: number | null): OutsideFacts['before'] {
  const state = unheard(story, 'prometheus', at)
  const deploy = stintsUntil(story, at).at(-1)?.told
  if (state !== null || deploy === undefined) return { state: state ?? 'silent' }
  const deployedAt = MINUTE_ZERO + deploy.at
  const since = readSince(deployedAt, lastSucceededAt)
  return { state: 'read', since, lastActiveAt: lastActive(story, since, deployedAt - 1), measurement: readingAt(story, deploy.at) }
}

/** Pending or firing, in this stretch or one before it. */
function lastActive({ alert }: Story, since: number, until: number): number | null {
  const { began, resolved = null, firesInPrometheus, earlier = [] } = alert
  const stretches: Span[] = firesInPrometheus === null ? [...earlier] : [...earlier, { from: began, to: resolved }]
  const ends = stretches.flatMap(({ from, to }) => {
    const end = to === null ? until : Math.min(until, MINUTE_ZERO + to)
    return MINUTE_ZERO + from <= until && end >= since ? [end] : []
  })
  return ends.length === 0 ? null : Math.max(...ends)
}

/** What the rule's left side read then. */
export function readingAt({ alert }: Story, at: Time): Measurement {
  const { rule, readings } = alert
  const reading = readings.findLast((one) => one.at <= at)
  return {
    kind: 'comparison',
    expression: rule.name,
    comparison: rule.comparison,
    threshold: rule.threshold,
    value: reading?.value ?? null,
    samples: 4,
    requests: rule.isOfRequests ? (reading?.requests ?? 500) : null,
  }
}

function podsOf(story: Story, at: Time): OutsideFacts['pods'] {
  const { pods, alert } = story
  const current = stintsUntil(story, at).at(-1)
  if (current === undefined || isWithin(story.silent.kubernetes, at)) return null
  const told = pods.length > 0 ? pods : twoWell(current.told.image)
  const seen = told.filter(({ from }) => from === undefined || from <= at)
  const isCurrent = ({ image }: PodTold) => stintOf(story, image, at)?.revision.uid === current.revision.uid
  const named = [alert.labels?.['exported_pod'] ?? alert.labels?.['pod'] ?? []].flat()
  return podsSeen({
    current: seen.filter(isCurrent).map(stateOf),
    older: seen.filter((pod) => !isCurrent(pod)).map(stateOf),
    alerting: [...named, ...seen.filter(({ isAlerting }) => isAlerting).map(({ name }) => name)],
    isOlder: (name) => told.some((pod) => pod.name === name && !isCurrent(pod)),
  })
}

function stateOf({ name, node, state, restarts = 0 }: PodTold): PodState {
  if (state === 'well') return { name, node, ready: true, restarts, reason: null }
  return { name, node, ready: false, restarts, reason: state === 'starting' ? 'ContainerCreating' : state }
}

function twoWell(image: string): PodTold[] {
  return ['a', 'b'].map((letter) => ({ image, name: `checkout-${letter}`, node: `node-${letter}`, state: 'well' }))
}
