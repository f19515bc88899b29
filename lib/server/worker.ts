import { advanceRollback } from '../engine/advance-rollback.ts'
import { evaluateAlert } from '../engine/evaluate-alert.ts'
import { recordDeploys, type StoredDeploys } from '../engine/record-deploys.ts'
import { releaseHeld } from '../engine/release-held.ts'
import { sweep } from '../engine/sweep.ts'
import type { Deps, JobName, Queue } from '../ports.ts'
import { createSlots } from './slots.ts'

const SWEEP_EVERY_MS = 1_000
const RECORD_EVERY_MS = 30_000
const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 5_000
/** Evaluations at once in this process: its connections to Postgres are ten, and a storm has to leave some to deliveries. */
const MOST_EVALUATIONS = 8
/** Kicked ones that may wait for their turn: what one delivery hands over. The queue has them by then, for every replica. */
const MOST_WAITING = 50

interface Parts {
  deps: Deps
  queue: Queue & { start(): Promise<void>; stop(): Promise<void> }
  /** What has to be done once the database answers, in order: migrations, configuration, the first admin. */
  prepare: readonly { name: string; run(): Promise<void> }[]
  /** False: the engine runs in a process of its own (`npm run dev`); this one only sends jobs. */
  works: boolean
}

export interface WorkerStatus {
  /** The database is migrated and the queue works. */
  isReady: boolean
  /** Last sweep that came through; null before the first. */
  lastSweepAt: number | null
  /** What keeps it from being ready, for people; null when nothing does. */
  waitingFor: string | null
}

export interface Worker {
  status(): WorkerStatus
  /** Evaluates episodes at once in this process, without the queue's hop. What fails or is too much is left to the queue. */
  kick(episodeIds: readonly string[]): void
  stop(): Promise<void>
}

/**
 * The engine's loop, supervised: it waits for nothing at start, tries again whatever failed, and goes on when
 * the database or the cluster is back.
 */
export function startWorker({ deps, queue, prepare, works }: Parts): Worker {
  const stopping = new AbortController()
  const status: WorkerStatus = { isReady: false, lastSweepAt: null, waitingFor: 'database' }
  const stored: StoredDeploys = new Map()
  const evaluations = createSlots({ atOnce: MOST_EVALUATIONS, mayWait: Number.POSITIVE_INFINITY })
  const worked = new Set<JobName>()
  let haveDeploysChanged = true

  const watching = persist(deps, 'watch', stopping.signal, () =>
    deps.cluster.watch(() => {
      haveDeploysChanged = true
    }, stopping.signal),
  )
  const working = run()

  async function run(): Promise<void> {
    for (const { name, run: prepareStep } of prepare) {
      status.waitingFor = name
      await persist(deps, name, stopping.signal, prepareStep)
    }
    status.waitingFor = 'queue'
    await persist(deps, 'queue', stopping.signal, startQueue)
    if (stopping.signal.aborted) return
    status.isReady = true
    status.waitingFor = null
    deps.log.info('engine.ready')
    if (works) await Promise.all([every(SWEEP_EVERY_MS, 'sweep', sweepOnce), every(SWEEP_EVERY_MS, 'record-deploys', recordOnce)])
  }

  async function startQueue(): Promise<void> {
    await queue.start()
    if (!works) return
    await workOnce('evaluate-alert', (id) => evaluations.run(() => evaluateAndGoOn(id)))
    await workOnce('advance-rollback', (id) => advanceRollback(deps, id))
  }

  /** The start is tried again as a whole: a job that has its workers already must not get more. */
  async function workOnce(job: JobName, handle: (id: string) => Promise<void>): Promise<void> {
    if (worked.has(job)) return
    await queue.work(job, handle)
    worked.add(job)
  }

  /** Whoever opened a rollback goes on with it; the queue is for its crash. */
  async function evaluateAndGoOn(episodeId: string): Promise<void> {
    const rollbackId = await evaluateAlert(deps, episodeId)
    if (rollbackId !== null) await advanceRollback(deps, rollbackId)
  }

  async function sweepOnce(): Promise<void> {
    await sweep(deps)
    status.lastSweepAt = deps.now()
  }

  let recordedAt = 0
  async function recordOnce(): Promise<void> {
    if (!haveDeploysChanged && deps.now() - recordedAt < RECORD_EVERY_MS) return
    haveDeploysChanged = false
    try {
      await recordDeploys(deps, stored)
      await releaseHeld(deps)
      recordedAt = deps.now()
    } catch (error) {
      haveDeploysChanged = true
      throw error
    }
  }

  /** Runs until the worker stops; a failure is logged when it begins and when it ends, not every second. */
  async function every(intervalMs: number, name: string, once: () => Promise<void>): Promise<void> {
    let isFailing = false
    while (!stopping.signal.aborted) {
      try {
        await once()
        if (isFailing) deps.log.info(`${name}.recovered`)
        isFailing = false
      } catch (error) {
        if (!isFailing) deps.log.error(`${name}.failed`, { error })
        isFailing = true
      }
      await pause(intervalMs, stopping.signal)
    }
  }

  return {
    status: () => ({ ...status }),
    kick(episodeIds) {
      for (const id of episodeIds) {
        if (evaluations.waiting() >= MOST_WAITING) return
        evaluations
          .run(() => evaluateAndGoOn(id))
          .catch((error: unknown) => deps.log.warn('evaluate.left-to-queue', { episode: id, error }))
      }
    },
    async stop() {
      stopping.abort()
      await Promise.allSettled([watching, working])
      await queue.stop()
      await deps.looks.stop()
    },
  }
}

/** Tries until it works or the signal stops it. */
async function persist(deps: Deps, name: string, signal: AbortSignal, attempt: () => Promise<void>): Promise<void> {
  for (let retryMs = FIRST_RETRY_MS; !signal.aborted; retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)) {
    try {
      await attempt()
      return
    } catch (error) {
      deps.log.warn('engine.waiting', { for: name, retryMs, error })
      await pause(retryMs, signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
