import { quote } from '../adapters/prometheus/promql.ts'
import type { Labels } from '../core/alert.ts'

/** How a pod answers. */
export interface Behaviour {
  requestsPerSecond: number
  /** Share of answers with 500. */
  errorRatio: number
  latencySeconds: number
  /** Memory that it takes and never gives back. At its limit it is killed, and starts again. */
  leaksBytesPerSecond?: number
}

export interface PlayedPod {
  name: string
  namespace: string
  service: string
  behaviour: Behaviour
}

export const HEALTHY: Behaviour = { requestsPerSecond: 50, errorRatio: 0, latencySeconds: 0.15 }

/** A pod and what it counted since it began. Fractions are kept, and shown rounded down. */
export interface PodCounters extends PlayedPod {
  restarts: number
  /** What it has taken beside its usual memory. */
  leakedBytes: number
  ok: number
  errors: number
  /** Sum of all latencies. */
  seconds: number
  /** Requests per bucket, each alone. */
  buckets: number[]
}

const MEBIBYTE = 2 ** 20
const MEMORY = { usual: 100 * MEBIBYTE, limit: 512 * MEBIBYTE }

const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, Number.POSITIVE_INFINITY]

/** What a container begins with, also after it was killed. */
export const NOTHING_COUNTED = { leakedBytes: 0, ok: 0, errors: 0, seconds: 0, buckets: [] }

/** The counters after the pod has answered for some seconds. */
export function serve(pod: PodCounters, forSeconds: number): PodCounters {
  const { requestsPerSecond, errorRatio, latencySeconds, leaksBytesPerSecond = 0 } = pod.behaviour
  const requests = requestsPerSecond * forSeconds
  const bucket = BUCKETS.findIndex((bound) => latencySeconds <= bound)
  const leakedBytes = pod.leakedBytes + leaksBytesPerSecond * forSeconds
  if (MEMORY.usual + leakedBytes >= MEMORY.limit) return { ...pod, ...NOTHING_COUNTED, restarts: pod.restarts + 1 }
  return {
    ...pod,
    leakedBytes,
    ok: pod.ok + requests * (1 - errorRatio),
    errors: pod.errors + requests * errorRatio,
    seconds: pod.seconds + requests * latencySeconds,
    buckets: BUCKETS.map((_, index) => (pod.buckets[index] ?? 0) + (index === bucket ? requests : 0)),
  }
}

/** The counters as Prometheus scrapes them. A status that was never answered has no series, as in real programs. */
export function exposition(pods: readonly PodCounters[]): string {
  const lines = [
    family('http_requests_total', pods.flatMap(requestsOf)),
    family('http_request_duration_seconds', pods.flatMap(durationsOf), 'histogram'),
    family('kube_pod_container_status_restarts_total', pods.map(restartsOf)),
    family('container_memory_working_set_bytes', pods.map(memoryOf), 'gauge'),
    family('kube_pod_container_resource_limits', pods.map(memoryLimitOf), 'gauge'),
  ]
  return `${lines.flat().join('\n')}\n`
}

type Line = { name: string; labels: Labels; value: number }

function family(name: string, lines: Line[], type = 'counter'): string[] {
  return [`# TYPE ${name} ${type}`, ...lines.map((line) => `${line.name}${braces(line.labels)} ${line.value}`)]
}

function braces(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}=${quote(value)}`)
    .join(',')}}`
}

function requestsOf({ name, namespace, service, ok, errors }: PodCounters): Line[] {
  const counts = [
    ['200', Math.floor(ok)],
    ['500', Math.floor(errors)],
  ] as const
  return counts
    .filter(([, count]) => count > 0)
    .map(([status, value]) => ({ name: 'http_requests_total', labels: { service, status, pod: name, namespace }, value }))
}

function durationsOf({ name, namespace, service, seconds, buckets }: PodCounters): Line[] {
  const labels = { service, pod: name, namespace }
  const upTo = BUCKETS.map((_, index) => Math.floor(buckets.slice(0, index + 1).reduce((sum, count) => sum + count, 0)))
  return [
    ...BUCKETS.map((bound, index) => ({
      name: 'http_request_duration_seconds_bucket',
      labels: { ...labels, le: Number.isFinite(bound) ? String(bound) : '+Inf' },
      value: upTo[index] ?? 0,
    })),
    { name: 'http_request_duration_seconds_sum', labels, value: seconds },
    { name: 'http_request_duration_seconds_count', labels, value: upTo.at(-1) ?? 0 },
  ]
}

function restartsOf({ name, namespace, service, restarts }: PodCounters): Line {
  const labels = { namespace, pod: name, container: service, uid: `uid-of-${name}` }
  return { name: 'kube_pod_container_status_restarts_total', labels, value: restarts }
}

function memoryOf({ name, namespace, service, leakedBytes }: PodCounters): Line {
  const labels = { namespace, pod: name, container: service }
  return { name: 'container_memory_working_set_bytes', labels, value: Math.round(MEMORY.usual + leakedBytes) }
}

function memoryLimitOf({ name, namespace, service }: PodCounters): Line {
  const labels = { namespace, pod: name, container: service, resource: 'memory', unit: 'byte' }
  return { name: 'kube_pod_container_resource_limits', labels, value: MEMORY.limit }
}
