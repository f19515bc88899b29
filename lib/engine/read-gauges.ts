import { isDryRun, isLive } from '../core/control.ts'
import type { Gauges } from '../core/gauges.ts'
import type { Deps, Queue } from '../ports.ts'
import { readBreaker } from './read-breaker.ts'
import { within } from './within.ts'

/** Prometheus gives a scrape 10 s as a rule; a database that hangs must not cost the counters. */
const ANSWERS_WITHIN_MS = 1_500

type Asked = Pick<Deps, 'read' | 'store' | 'cluster' | 'metrics' | 'now'> & { queue: Pick<Queue, 'depth'> }

/** What `/metrics` shows of now. Whatever does not answer is left out. */
export async function readGauges({ read, store, cluster, metrics, queue, now }: Asked): Promise<Gauges> {
  const at = now()
  const [control, breaker, heartbeats, depth, oldestDueAt, ...upstreams] = await Promise.all([
    orNull(() => read.control()),
    orNull(() => readBreaker({ read, now })),
    orNull(() => read.heartbeats()),
    orNull(() => queue.depth()),
    orNull(async () => ({ at: await read.oldestDueAt(at) })),
    upstream('postgres', () => store.ping()),
    upstream('kubernetes', () => cluster.ping()),
    ...(metrics.isConfigured ? [upstream('prometheus', () => metrics.ping())] : []),
  ])
  return {
    automationPaused: control === null ? null : control.pauses.some((pause) => isLive(pause, at)),
    dryRun: control === null ? null : isDryRun(control, at),
    breakerOpen: breaker === null ? null : breaker.state === 'open',
    heartbeatAgeSeconds: (heartbeats ?? []).map(({ name, lastSeenAt }) => ({ name, seconds: (at - lastSeenAt) / 1_000 })),
    queue: depth ?? [],
    oldestDueAgeSeconds: oldestDueAt && Math.max(0, at - (oldestDueAt.at ?? at)) / 1_000,
    upstreams,
  }
}

async function orNull<T>(question: () => Promise<T>): Promise<T | null> {
  return within(ANSWERS_WITHIN_MS, question()).catch(() => null)
}

async function upstream(name: string, ping: () => Promise<void>): Promise<{ name: string; isUp: boolean }> {
  const isUp = await within(ANSWERS_WITHIN_MS, ping()).then(
    () => true,
    () => false,
  )
  return { name, isUp }
}
