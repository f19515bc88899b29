import type { Instant } from '../../lib/core/json.ts'
import { faultOf } from '../faults.ts'
import type { PodView } from '../world.ts'
import { answersOf, chance, meanSeconds, requestRate, shareWithin } from './traffic.ts'

/** Upper bounds of the latency buckets, in seconds. */
export const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, Number.POSITIVE_INFINITY]

/** What a pod's process counted since it began. Fractions are kept: they are shown rounded down. */
export interface Counters {
  restarts: number
  byStatus: Record<string, number>
  /** Requests that took at most the bucket's bound. */
  buckets: number[]
  seconds: number
}

/** Counts the requests of every pod. Those of a service are spread over its pods that are ready. */
export class PodCounters {
  readonly #seed: string
  readonly #counters = new Map<string, Counters>()
  #pods: readonly PodView[] = []
  #at: Instant

  constructor(seed: string, at: Instant) {
    this.#seed = seed
    this.#at = at
  }

  /** The pods as they are from now on; until now those served that were given before. */
  observe(pods: readonly PodView[], now: Instant): void {
    this.#serve(now)
    this.#pods = pods
    const uids = new Set(pods.map(({ uid }) => uid))
    for (const uid of this.#counters.keys()) if (!uids.has(uid)) this.#counters.delete(uid)
    for (const { uid, restarts } of pods) {
      // A process that was started again counts from 0 again.
      if (this.#counters.get(uid)?.restarts !== restarts) this.#counters.set(uid, fromZero(restarts))
    }
  }

  /** Pods whose process runs, with what it counted. */
  counted(): { pod: PodView; counters: Counters }[] {
    return this.#pods.flatMap((pod) => {
      const counters = pod.startedAt === null ? undefined : this.#counters.get(pod.uid)
      return counters ? [{ pod, counters }] : []
    })
  }

  #serve(now: Instant): void {
    const elapsedMs = now - this.#at
    if (elapsedMs <= 0) return
    const middle = this.#at + elapsedMs / 2
    this.#at = now
    const serving = this.#pods.filter(({ ready, isTerminating }) => ready && !isTerminating)
    const weights = new Map(serving.map((pod) => [pod, 0.9 + 0.2 * chance(pod.uid)]))
    for (const pod of serving) {
      const colleagues = serving.filter((one) => one.namespace === pod.namespace && one.workload === pod.workload)
      const share = (weights.get(pod) ?? 0) / colleagues.reduce((sum, one) => sum + (weights.get(one) ?? 0), 0)
      const requests = requestRate(pod.workload, middle, this.#seed) * (elapsedMs / 1_000) * share
      const counters = this.#counters.get(pod.uid)
      if (counters) count(counters, requests, pod.image)
    }
  }
}

function fromZero(restarts: number): Counters {
  return { restarts, byStatus: {}, buckets: BUCKETS.map(() => 0), seconds: 0 }
}

function count(counters: Counters, requests: number, image: string): void {
  const { statuses, medianSeconds } = answersOf(faultOf(image))
  for (const [status, share] of Object.entries(statuses)) counters.byStatus[status] = (counters.byStatus[status] ?? 0) + requests * share
  counters.buckets = counters.buckets.map((sum, index) => sum + requests * shareWithin(BUCKETS[index] ?? 0, medianSeconds))
  counters.seconds += requests * meanSeconds(medianSeconds)
}
