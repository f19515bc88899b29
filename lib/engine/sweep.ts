import type { Deps } from '../ports.ts'

/** More than this a second would only queue up behind the workers. */
const LIMIT = 200

/**
 * Sends what is due and has no live job: the rows are the truth, a job that ran out of retries is gone. A
 * second queued job for the same row is dropped by the queue.
 *
 * @returns how many rows were due
 */
export async function sweep(deps: Deps): Promise<number> {
  return deps.store.transaction(async (tx) => {
    const now = deps.now()
    const rollbacks = await tx.dueRollbacks(now, LIMIT)
    const episodes = await tx.dueEpisodes(now, LIMIT)
    for (const id of rollbacks) await tx.enqueue('advance-rollback', id)
    for (const id of episodes) await tx.enqueue('evaluate-alert', id)
    return rollbacks.length + episodes.length
  })
}
