import type { TimelineEvent, TimelineKind } from '../../lib/core/timeline.ts'

/** An event, and how often it was told again before anything else happened. */
export interface FoldedEvent {
  event: TimelineEvent
  count: number
  lastAt: number
}

/** Three pods that crash give three alerts and three decisions that say the same. */
const FOLDED: ReadonlySet<TimelineKind> = new Set(['alert_fired', 'alert_resolved', 'decided'])

/** Events in their order, with those that say the same told once. */
export function foldEvents(events: readonly TimelineEvent[]): FoldedEvent[] {
  const folded: FoldedEvent[] = []
  let open = new Map<string, FoldedEvent>()
  for (const event of events) {
    if (!FOLDED.has(event.kind)) open = new Map()
    const key = sayingOf(event)
    const same = FOLDED.has(event.kind) ? open.get(key) : undefined
    if (same) {
      same.count += 1
      same.lastAt = event.at
      continue
    }
    const first = { event, count: 1, lastAt: event.at }
    open.set(key, first)
    folded.push(first)
  }
  return folded
}

function sayingOf({ kind, actor, data }: TimelineEvent): string {
  const { decisionId: _decision, episodeId: _episode, ...said } = data
  return JSON.stringify([kind, actor, said])
}
