import type { Evidence } from '../core/evidence.ts'
import type { Instant } from '../core/json.ts'
import type { Looks, LookTask } from '../core/looks.ts'

/** A look asks the API server up to 18 times, and for each ConfigMap and Secret of the templates: a storm must leave it to decisions. */
const AT_ONCE = 4
const MAY_WAIT = 200
/** One look serves all alerts of a revision that are decided at about the same time. */
const SHARED_FOR_MS = 5_000

export function createLooks(): Looks {
  const running = new Set<Promise<void>>()
  const waiting: LookTask[] = []
  const shared = new Map<string, { at: Instant; look: Promise<Evidence> }>()
  let isStopping = false

  function start({ work }: LookTask): void {
    const going = work().finally(() => {
      running.delete(going)
      const next = running.size < AT_ONCE ? waiting.shift() : undefined
      if (next !== undefined) start(next)
    })
    running.add(going)
  }

  return {
    isFree: () => !isStopping && running.size < AT_ONCE,
    share(key, now, look) {
      const known = shared.get(key)
      if (known !== undefined && now - known.at < SHARED_FOR_MS) return known.look
      for (const [other, { at }] of shared) if (now - at >= SHARED_FOR_MS) shared.delete(other)
      const begun = { at: now, look: look() }
      shared.set(key, begun)
      return begun.look
    },
    run(task) {
      if (isStopping) task.lost('stopping')
      else if (task.isUrgent || running.size < AT_ONCE) start(task)
      else if (waiting.length < MAY_WAIT) waiting.push(task)
      else task.lost('too_many')
    },
    async stop() {
      isStopping = true
      for (const task of waiting.splice(0)) task.lost('stopping')
      await Promise.all(running)
    },
  }
}
