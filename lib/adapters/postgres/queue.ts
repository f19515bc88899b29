import { PgBoss } from 'pg-boss'
import type { JobName, Log, Queue } from '../../ports.ts'
import type { PrismaClient } from './generated/client.ts'
import { storing } from './storage-error.ts'

export interface RunningQueue extends Queue {
  /** Makes or migrates the queue's tables and connects. Safe to try again. */
  start(): Promise<void>
  /** Lets running jobs end, for 5 s at most; others are taken over. */
  stop(): Promise<void>
  isStarted(): boolean
}

const JOBS: readonly JobName[] = ['evaluate-alert', 'advance-rollback']

/** Connections for fetching, completing and supervising; listening takes one more. */
const CONNECTIONS = 4
/** Jobs of one kind that a replica works on at the same time. */
const CONCURRENCY = 4
/** An outage makes every worker fail every second: one line is enough. */
const LOG_EVERY_MS = 30_000

/** Passed on to pg as they are: a worker must not wait for a server that went silent. */
const FOR_PG = { query_timeout: 20_000, keepAlive: true }

/**
 * pg-boss with the times that were measured to matter: with its defaults a deferred job runs 25 s late and a
 * takeover takes 28 s and more. A dead worker's job is given up 10 s after its last heartbeat, the least there is.
 */
export function createBoss(url: string, log: Log): PgBoss {
  const boss = new PgBoss({
    ...FOR_PG,
    connectionString: url,
    application_name: 'snapback queue',
    max: CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    useListenNotify: true,
    notifyHeartbeatIntervalMs: 5_000,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: 60,
    schedule: false,
    registerInstance: false,
  })
  let quietUntil = 0
  boss.on('error', (error) => {
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + LOG_EVERY_MS
    log.warn('queue.error', { code: (error as { code?: unknown }).code, message: error.message })
  })
  boss.on('warning', ({ message }) => log.warn('queue.warning', { message }))
  return boss
}

/** One queued and one active job a row: a second queued one is dropped, one sent while it runs is kept. */
const QUEUE_OPTIONS = {
  notify: true,
  heartbeatSeconds: 10,
  /** No handler takes that long: every call it makes has a time-out. */
  expireInSeconds: 120,
  retryLimit: 10,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 15,
  retentionSeconds: 24 * 60 * 60,
  deleteAfterSeconds: 10 * 60,
}

export function createQueue(boss: PgBoss, prisma: PrismaClient): RunningQueue {
  let isStarted = false
  return {
    isStarted: () => isStarted,
    start: () =>
      storing(async () => {
        await boss.start()
        for (const job of JOBS) {
          await boss.createQueue(job, { policy: 'stately', ...QUEUE_OPTIONS })
          // An older version may have made it with other times.
          await boss.updateQueue(job, QUEUE_OPTIONS)
        }
        isStarted = true
      }),
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
    async work(job, handle) {
      const options = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 1, localConcurrency: CONCURRENCY }
      await storing(() =>
        boss.work<{ id: string }>(job, options, async (jobs) => {
          for (const { data } of jobs) await handle(data.id)
        }),
      )
    },
    async depth() {
      // Counted now: pg-boss' own counts lag behind. A deferred job waits for its time, not for a worker: no backlog.
      const counts = await storing(
        () => prisma.$queryRaw<{ name: string; queued: number; active: number }[]>`
          select name, count(*) filter (where state = 'active')::int as active,
            count(*) filter (where state < 'active' and start_after <= now())::int as queued
          from pgboss.job where name = any(${[...JOBS]}::text[]) and state <= 'active' group by name`,
      )
      return JOBS.map((job) => {
        const { queued = 0, active = 0 } = counts.find(({ name }) => name === job) ?? {}
        return { job, queued, active }
      })
    },
  }
}
