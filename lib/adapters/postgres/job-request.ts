import type { Instant } from '../../core/json.ts'
import type { JobName } from '../../ports.ts'

/** A job to send with a transaction. `runAt` null: as soon as it can be. */
export interface JobRequest {
  job: JobName
  id: string
  runAt: Instant | null
}

/**
 * One request a job and id, the soonest, in one order for everybody: two transactions that send the same jobs
 * cannot wait for each other.
 */
export function soonestOfEach(requests: readonly JobRequest[]): JobRequest[] {
  const soonest = new Map<string, JobRequest>()
  for (const request of requests) {
    const key = `${request.job}/${request.id}`
    const known = soonest.get(key)
    if (known === undefined || (request.runAt ?? 0) < (known.runAt ?? 0)) soonest.set(key, request)
  }
  return [...soonest.keys()].sort().map((key) => soonest.get(key) as JobRequest)
}
