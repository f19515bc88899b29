import { alertName } from '../../lib/core/alert.ts'
import type { IncidentSignal } from '../../lib/core/signal-range.ts'
import { signalFacts } from '../charts/prepare-signal.ts'
import { signalText } from '../charts/signal-text.ts'
import type { Story } from './story.ts'

/** What went wrong, in the words of the headline. */
export type Cause = 'failed' | 'slow' | 'crash' | 'measured' | 'alert' | 'person'

/** The values that the headline's sentence names; its key is the story's kind. */
export interface HeadlineValues {
  workload: string
  from: number
  to: number
  cause: Cause
  /** The worst that was measured since the deploy. */
  value: string
  alert: string
  /** Who asked, for a rollback by hand, and in which words. */
  actor: string
  reason: string
}

export function headlineValues(story: Story, signal: IncidentSignal | null, locale: string): HeadlineValues {
  const { rollback, episode } = story
  const alert = episode ? alertName(episode.labels) : (signal?.alert ?? rollback?.reason ?? '')
  const { cause, value } = rollback?.trigger === 'person' ? { cause: 'person' as const, value: '' } : causeOf(story, signal, locale)
  const actor = rollback && (rollback.actor.kind === 'user' || rollback.actor.kind === 'token') ? rollback.actor.name : ''
  return {
    workload: story.workload.name,
    from: story.from?.number ?? 0,
    to: story.to?.number ?? 0,
    cause,
    value,
    alert,
    actor,
    reason: rollback?.reason ?? '',
  }
}

const CRASHES = /restart|crash|oom/i
const FAILURES = /5\.\.|5xx|error|fail/i

function causeOf(story: Story, signal: IncidentSignal | null, locale: string): { cause: Cause; value: string } {
  const name = story.episode ? alertName(story.episode.labels) : ''
  if (signal?.state !== 'read') return { cause: CRASHES.test(name) ? 'crash' : 'alert', value: '' }
  if (CRASHES.test(signal.rule)) return { cause: 'crash', value: '' }
  const { worst } = signalFacts(signal, deployedAtOf(story) ?? signal.from)
  if (worst === null) return { cause: 'alert', value: '' }
  const value = signalText(worst, signal.unit, locale)
  if (signal.unit === 'seconds') return { cause: 'slow', value }
  return { cause: signal.unit === 'ratio' && FAILURES.test(signal.rule) ? 'failed' : 'measured', value }
}

/** The line below, of readings alone: how it was before, when it crossed the limit, since when it is within it again, and the last. */
export interface Subline {
  key: 'beforeAndAfter' | 'before' | 'since'
  values: { before: string; limit: string; crossedMs: number; last: string; withinSince: number }
}

/** Null where too little was measured to say anything. */
export function sublineOf(story: Story, signal: IncidentSignal | null, locale: string): Subline | null {
  const deployedAt = deployedAtOf(story)
  // A count of crashes has no before and after that says more than the headline.
  if (signal?.state !== 'read' || deployedAt === null || CRASHES.test(signal.rule)) return null
  const { before, crossedAt, withinSince, last } = signalFacts(signal, deployedAt)
  if (crossedAt === null || last === null) return null
  const text = (value: number) => signalText(value, signal.unit, locale)
  const values = {
    before: before === null ? '' : text(before),
    limit: text(signal.threshold),
    crossedMs: crossedAt - deployedAt,
    last: text(last),
    withinSince: withinSince ?? 0,
  }
  if (withinSince !== null && before !== null) return { key: 'beforeAndAfter', values }
  return { key: before === null ? 'since' : 'before', values }
}

export function deployedAtOf({ rollback, decision }: Pick<Story, 'rollback' | 'decision'>): number | null {
  if (rollback?.clocks.deployedAt != null) return rollback.clocks.deployedAt
  const value = decision?.checks.find(({ gate }) => gate === 'deploy_explains')?.values['deployedAt']
  return typeof value === 'number' ? value : null
}

/** When the condition began, where somebody saw it: an alert's own `startsAt` is only an upper bound. */
export function beganAtOf({ rollback, decision }: Pick<Story, 'rollback' | 'decision'>): number | null {
  if (rollback !== null) return rollback.clocks.startedAtSource === 'active_at' ? rollback.clocks.startedAt : null
  const values = decision?.checks.find(({ gate }) => gate === 'deploy_explains')?.values
  return values?.['onsetSource'] === 'active_at' && typeof values['onsetAt'] === 'number' ? values['onsetAt'] : null
}
