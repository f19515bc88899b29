import type { PodState } from './workload.ts'

/** How a pod fails: its container crashes, its image or its configuration cannot be had, or the alert names it. */
export type PodFailure = 'crash' | 'image' | 'config' | 'alert' | 'other'

export interface FailingPod {
  name: string
  node: string | null
  failure: PodFailure
}

/** Pods of a workload at the time of a decision, as far as it looks at them. */
export interface PodsSeen {
  /** Of the current revision. */
  current: { count: number; failing: FailingPod[]; wellNodes: string[] }
  /** Of all revisions before it. */
  older: { count: number; failing: FailingPod[] }
}

/** More are not recorded: a few show the same. */
const MOST = 20

interface Pods {
  current: readonly PodState[]
  older: readonly PodState[]
  /** Names of pods that the alert speaks of, those that are gone too. */
  alerting: readonly string[]
  /** Whether a name is that of a pod of an older revision: it may be gone. */
  isOlder(name: string): boolean
}

/** What matters of the pods: which fail and how, and where the others run. */
export function podsSeen({ current, older, alerting, isOlder }: Pods): PodsSeen {
  const failing = failingOf(current, alerting)
  const names = new Set(failing.map(({ name }) => name))
  const wellNodes = current.filter(({ name, ready }) => ready && !names.has(name)).flatMap(({ node }) => node ?? [])
  const gone = alerting.filter((name) => isOlder(name) && !older.some((pod) => pod.name === name))
  const olderFailing = [...failingOf(older, alerting), ...gone.map((name) => ({ name, node: null, failure: 'alert' as const }))]
  return {
    current: { count: current.length, failing: failing.slice(0, MOST), wellNodes: [...new Set(wellNodes)].slice(0, MOST) },
    older: { count: older.length, failing: olderFailing.slice(0, MOST) },
  }
}

function failingOf(pods: readonly PodState[], alerting: readonly string[]): FailingPod[] {
  return pods.flatMap((pod) => {
    const failure = failureOf(pod) ?? (alerting.includes(pod.name) ? 'alert' : null)
    return failure === null ? [] : [{ name: pod.name, node: pod.node, failure }]
  })
}

/** A pod that starts or ends is not ready either: that alone is no failure. */
function failureOf({ ready, restarts, reason }: PodState): PodFailure | null {
  if (reason === null) return !ready && restarts > 0 ? 'crash' : null
  if (reason === 'ContainerCreating' || reason === 'PodInitializing') return null
  if (/crashloop|error$|oomkilled|cannotrun|deadline/i.test(reason) && !/config|image/i.test(reason)) return 'crash'
  if (/image/i.test(reason)) return 'image'
  return /config/i.test(reason) ? 'config' : 'other'
}
