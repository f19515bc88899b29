import { type Behaviour, exposition, NOTHING_COUNTED, type PlayedPod, type PodCounters, serve } from './pod-counters.ts'

/**
 * Plays the metrics of workloads, and kube-state-metrics' restart counters. Counters only grow; those of a pod begin at
 * 0 when it comes and are gone when it goes.
 */
export class PlayedWorkloads {
  #pods: PodCounters[] = []

  /** The pods that there are from now on. Those that were there go on counting, with the behaviour given now. */
  setPods(pods: readonly PlayedPod[]): void {
    const before = this.#pods
    this.#pods = pods.map((pod) => ({ restarts: 0, ...NOTHING_COUNTED, ...before.find(({ name }) => name === pod.name), ...pod }))
  }

  /** Changes how the pods of a service answer from now on. */
  behave(service: string, changes: Partial<Behaviour>): void {
    this.#pods = this.#pods.map((pod) => (pod.service === service ? { ...pod, behaviour: { ...pod.behaviour, ...changes } } : pod))
  }

  /** The pod's container restarts: what it counted itself begins anew, the restart counter grows. */
  restart(pod: string): void {
    this.#pods = this.#pods.map((one) => (one.name === pod ? { ...one, ...NOTHING_COUNTED, restarts: one.restarts + 1 } : one))
  }

  /** Lets the pods answer for some time. */
  pass(seconds: number): void {
    this.#pods = this.#pods.map((pod) => serve(pod, seconds))
  }

  /** What a scrape reads now. */
  scrape(): string {
    return exposition(this.#pods)
  }
}
