import { fromPrisma, type PgBoss } from 'pg-boss'
import type { Instant } from '../../core/json.ts'
import type { JobName } from '../../ports.ts'
import type { Prisma } from './generated/client.ts'
import { type JobRequest, soonestOfEach } from './job-request.ts'
import { unavailable } from './storage-error.ts'

/** Sends jobs inside a transaction of ours: both commit or neither. */
export interface JobSender {
  send(db: Prisma.TransactionClient, requests: readonly JobRequest[]): Promise<void>
}

/** Another transaction may queue the same job between our look and our insert. */
const ATTEMPTS = 2

/** @param isReady whether the queue has started: before that there is no queue to send to */
export function createJobSender(boss: PgBoss, isReady: () => boolean): JobSender {
  return {
    async send(db, requests) {
      if (requests.length > 0 && !isReady()) throw unavailable('the queue has not started yet')
      const byJob = Map.groupBy(soonestOfEach(requests), ({ job }) => job)
      for (const [job, ofJob] of byJob) await sendJobs({ boss, db, job }, ofJob)
    },
  }
}

interface Sending {
  boss: PgBoss
  db: Prisma.TransactionClient
  job: JobName
}

async function sendJobs(sending: Sending, requests: readonly JobRequest[]): Promise<void> {
  let missing = await withoutLiveJob(sending, requests)
  for (let attempt = 0; attempt < ATTEMPTS && missing.length > 0; attempt += 1) {
    const queued = await lockQueued(sending, missing)
    for (const request of missing) await pullForward(sending, request, queued.get(request.id))
    missing = await insert(
      sending,
      missing.filter(({ id }) => !queued.has(id)),
    )
  }
}

/** pg-boss' words for a job whose worker died: nothing failed, so there is no reason to hold it back. */
const LOST_HEARTBEAT = 'job heartbeat timeout'

/** A request without a time is the sweeper's: what a worker is at, or failed at and waits to try again, is left alone. */
async function withoutLiveJob({ db, job }: Sending, requests: readonly JobRequest[]): Promise<JobRequest[]> {
  const swept = requests.filter(({ runAt }) => runAt === null).map(({ id }) => id)
  if (swept.length === 0) return [...requests]
  const live = await db.$queryRaw<{ id: string }[]>`
    select singleton_key as id from pgboss.job
    where name = ${job} and singleton_key = any(${swept}::text[]) and state in ('retry', 'active')
      and (state = 'active' or output -> 'value' ->> 'message' is distinct from ${LOST_HEARTBEAT})`
  const lively = new Set(live.map(({ id }) => id))
  return requests.filter(({ runAt, id }) => runAt !== null || !lively.has(id))
}

interface Queued {
  jobId: string
  startAfter: Date
}

/**
 * Queued jobs for these ids, locked: a worker skips a locked job, so that whoever works on it later sees what this
 * transaction stored. In the order of ids, as everybody does it.
 */
async function lockQueued({ db, job }: Sending, requests: readonly JobRequest[]): Promise<Map<string, Queued>> {
  const rows = await db.$queryRaw<{ id: string; jobId: string; startAfter: Date }[]>`
    select singleton_key as id, id as "jobId", start_after as "startAfter" from pgboss.job
    where name = ${job} and singleton_key = any(${requests.map(({ id }) => id)}::text[]) and state = 'created'
    order by singleton_key for update`
  return new Map(rows.map(({ id, ...queued }) => [id, queued]))
}

/** The sooner of the two times holds; a job that may start already cannot start sooner. */
async function pullForward({ boss, db, job }: Sending, { runAt }: JobRequest, queued: Queued | undefined): Promise<void> {
  if (queued === undefined || queued.startAfter.getTime() <= Math.max(runAt ?? 0, Date.now())) return
  await boss.update(job, undefined, { id: queued.jobId, startAfter: startAfter(runAt) ?? 0, db: fromPrisma(db) })
}

/**
 * When a job may start; undefined: now. pg-boss wakes the workers by NOTIFY only for what may start at the time of the
 * transaction, and that is when it began: an instant read since then is later, and the job would wait for the next poll.
 */
function startAfter(runAt: Instant | null): Date | undefined {
  return runAt === null || runAt <= Date.now() ? undefined : new Date(runAt)
}

/** Returns the requests that were not inserted, because the same job is queued now after all. */
async function insert({ boss, db, job }: Sending, requests: readonly JobRequest[]): Promise<JobRequest[]> {
  if (requests.length === 0) return []
  const jobs = requests.map(({ id, runAt }) => {
    const later = startAfter(runAt)
    return { id: crypto.randomUUID(), data: { id }, singletonKey: id, ...(later && { startAfter: later }) }
  })
  const inserted = new Set(await boss.insert(job, jobs, { db: fromPrisma(db), returnId: true }))
  return requests.filter((_, index) => !inserted.has(jobs[index]?.id as string))
}
