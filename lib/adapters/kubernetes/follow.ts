import { setTimeout as delay } from 'node:timers/promises'
import { upstreamError } from '../../core/errors.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Log } from '../../ports.ts'
import { type ApiClient, statusOf } from './api-client.ts'
import type { Sink } from './cluster-cache.ts'
import type { Resource } from './paths.ts'
import { listAll, type WatchTiming, watchEvents } from './watch-events.ts'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 15_000
/** A watch that ended sooner did not work, whatever the server said: a list that does work must not hide that. */
const SHORTEST_WATCH_MS = 1_000

export interface FollowOptions<T> {
  api: ApiClient
  resource: Extract<Resource, 'deployments' | 'replicasets'>
  /** null: of the whole cluster */
  namespace: string | null
  project(raw: JsonObject): T
  sink: Sink<T>
  /** Called after the first list, and whenever a watch that was lost has stood for a while. */
  onStands(): void
  /** Called at every failure. */
  onLost(error: unknown): void
  log: Log
  signal: AbortSignal
  timing: WatchTiming
}

/** Where an informer stands. */
interface Progress {
  /** What to go on from; null: list first. */
  version: string | null
  hasListed: boolean
  /** Since it last worked. */
  failures: number
}

/**
 * Lists, then watches, until the signal stops it; never throws. A lost connection is taken up where it ended, an
 * expired resourceVersion lists again. Trouble is logged when it begins and when it is over.
 */
export async function follow<T>(options: FollowOptions<T>): Promise<void> {
  const progress: Progress = { version: null, hasListed: false, failures: 0 }
  while (!options.signal.aborted) {
    try {
      const version = progress.version ?? (await listAnew(options, progress))
      await watchFrom(options, progress, version)
    } catch (error) {
      if (!options.signal.aborted) await recover(options, progress, error)
    }
  }
}

async function listAnew<T>(options: FollowOptions<T>, progress: Progress): Promise<string> {
  const { items, version } = await listAll(options)
  options.sink.replace(items, options.namespace, progress.hasListed ? 'list' : 'first_list')
  if (!progress.hasListed) options.onStands()
  progress.hasListed = true
  progress.version = version
  return version
}

/** Returns when the server ended the watch: it is begun again from there. */
async function watchFrom<T>(options: FollowOptions<T>, progress: Progress, version: string): Promise<void> {
  const { project, sink, resource } = options
  let lasts: NodeJS.Timeout | undefined
  const beganAt = performance.now()
  try {
    for await (const event of watchEvents(options, version)) {
      lasts ??= setTimeout(() => works(options, progress), SHORTEST_WATCH_MS)
      if (event.type === 'ADDED' || event.type === 'MODIFIED') sink.put(project(event.object))
      if (event.type === 'DELETED') sink.remove(project(event.object))
      progress.version = event.version
    }
  } finally {
    clearTimeout(lasts)
  }
  if (performance.now() - beganAt < SHORTEST_WATCH_MS) throw upstreamError('kubernetes', `watch ${resource}: ended at once`)
}

async function recover<T>(options: FollowOptions<T>, progress: Progress, error: unknown): Promise<void> {
  const { log, resource, namespace, signal } = options
  const isExpired = statusOf(error) === 410
  // Whatever the server objects to, a new list is the way out; without an answer the version still stands.
  if (statusOf(error) !== null) progress.version = null
  progress.failures += 1
  options.onLost(error)
  if (progress.failures === 1) log.warn('kubernetes.watch.lost', { resource, namespace, listsAgain: progress.version === null, error })
  if (isExpired && progress.failures === 1) return
  await delay(retryMs(progress.failures), undefined, { signal }).catch(() => undefined)
}

function works<T>({ log, resource, namespace, onStands }: FollowOptions<T>, progress: Progress): void {
  if (progress.failures > 0) {
    onStands()
    log.info('kubernetes.watch.back', { resource, namespace })
  }
  progress.failures = 0
}

/** Doubles, with up to half of it at random: many watches, and several replicas, come back apart. */
function retryMs(failures: number): number {
  const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))
  return longest * (0.5 + Math.random() / 2)
}
