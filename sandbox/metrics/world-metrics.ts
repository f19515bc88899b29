import type { Labels } from '../../lib/core/alert.ts'
import type { DeploymentView, PodView, World } from '../world.ts'
import { type Family, format, numberText } from './exposition.ts'
import { BUCKETS, type Counters, PodCounters } from './pod-counters.ts'

type Samples = Family['samples']
type Counted = ReturnType<PodCounters['counted']>

/** What the workloads, kube-state-metrics and cAdvisor of the sandbox's cluster would show. */
export interface WorldMetrics {
  /** In Prometheus' text format, as of now. */
  scrape(): string
  /**
   * Scrapes of the time before now, with their instants: as if the pods of now had served all the while. What is counted goes on
   * from there.
   */
  past(options: { forMs: number; everyMs: number }): string
  stop(): void
}

/** The same seed gives the same traffic at the same time. */
export function measureWorld(world: Pick<World, 'now' | 'pods' | 'deployments' | 'onChange'>, seed = 'sandbox'): WorldMetrics {
  let counters = new PodCounters(seed, world.now())
  const observe = () => counters.observe(world.pods(), world.now())
  const show = (pods: readonly PodView[]) =>
    format([...ofProcesses(counters.counted()), ...ofPods(pods), ...ofDeployments(world.deployments()), ...ofContainers(pods)])
  observe()
  return {
    scrape() {
      observe()
      return show(world.pods())
    },
    past({ forMs, everyMs }) {
      const now = world.now()
      const pods = world.pods().map((pod) => ({ ...pod, ready: true, startedAt: now - forMs }))
      counters = new PodCounters(seed, now - forMs)
      const scrapes = Array.from({ length: Math.floor(forMs / everyMs) }, (_, index) => {
        const at = now - forMs + index * everyMs
        counters.observe(pods, at)
        return show(pods).replaceAll(/^([^#\n].*)$/gm, `$1 ${at / 1_000}`)
      })
      return scrapes.join('')
    },
    stop: world.onChange(observe),
  }
}

/** A status that was never answered has no series, as in real programs. */
function ofProcesses(counted: Counted): Family[] {
  const each = (samplesOf: (labels: Labels, counters: Counters) => Samples) =>
    counted.flatMap(({ pod, counters }) => samplesOf({ service: pod.workload, namespace: pod.namespace, pod: pod.name }, counters))
  return [
    {
      name: 'http_requests_total',
      type: 'counter',
      help: 'Requests answered.',
      samples: each((labels, { byStatus }) =>
        Object.entries(byStatus).flatMap(([status, count]) =>
          count < 1 ? [] : [{ labels: { ...labels, status }, value: Math.floor(count) }],
        ),
      ),
    },
    {
      name: 'http_request_duration_seconds',
      type: 'histogram',
      help: 'Time to answer a request.',
      samples: each((labels, { buckets, seconds }) => [
        ...BUCKETS.map((bound, index) => ({
          suffix: '_bucket' as const,
          labels: { ...labels, le: numberText(bound) },
          value: Math.floor(buckets[index] ?? 0),
        })),
        { suffix: '_sum', labels, value: seconds },
        { suffix: '_count', labels, value: Math.floor(buckets.at(-1) ?? 0) },
      ]),
    },
  ]
}

/** By kube-state-metrics' names and labels (its docs/metrics/workload/pod-metrics.md). */
function ofPods(pods: readonly PodView[]): Family[] {
  const gauge = (name: string, help: string, samples: Samples): Family => ({ name, type: 'gauge', help, samples })
  const each = (samplesOf: (labels: Labels, pod: PodView) => Samples) =>
    pods.flatMap((pod) => samplesOf({ namespace: pod.namespace, pod: pod.name, uid: pod.uid }, pod))
  return [
    gauge(
      'kube_pod_info',
      'Information about pod.',
      each((labels, { replicaSet, node }) => [
        { labels: { ...labels, created_by_kind: 'ReplicaSet', created_by_name: replicaSet, node: node ?? '' }, value: 1 },
      ]),
    ),
    {
      name: 'kube_pod_container_status_restarts_total',
      type: 'counter',
      help: 'The number of container restarts per container.',
      samples: each((labels, { container, restarts }) => [{ labels: { ...labels, container }, value: restarts }]),
    },
    gauge(
      'kube_pod_container_status_ready',
      'Describes whether the containers readiness check succeeded.',
      each((labels, { container, ready }) => [{ labels: { ...labels, container }, value: Number(ready) }]),
    ),
    gauge(
      'kube_pod_container_status_waiting_reason',
      'Describes the reason the container is currently in waiting state.',
      each((labels, { container, startedAt, reason }) =>
        startedAt !== null || reason === null ? [] : [{ labels: { ...labels, container, reason }, value: 1 }],
      ),
    ),
    gauge(
      'kube_pod_container_status_last_terminated_reason',
      'Describes the last reason the container was in terminated state.',
      each((labels, { container, lastEnd }) => (lastEnd ? [{ labels: { ...labels, container, reason: lastEnd.reason }, value: 1 }] : [])),
    ),
    gauge(
      'kube_pod_container_resource_limits',
      'The number of requested limit resource by a container.',
      each((labels, { container, memoryLimitBytes, node }) => [
        { labels: { ...labels, container, node: node ?? '', resource: 'memory', unit: 'byte' }, value: memoryLimitBytes },
      ]),
    ),
  ]
}

function ofDeployments(deployments: readonly DeploymentView[]): Family[] {
  const gauge = (name: string, help: string, measure: (deployment: DeploymentView) => number): Family => {
    const samples = deployments.map((one) => ({ labels: { namespace: one.namespace, deployment: one.name }, value: measure(one) }))
    return { name, type: 'gauge', help, samples }
  }
  return [
    gauge('kube_deployment_spec_replicas', 'Number of desired pods for a deployment.', ({ desiredReplicas }) => desiredReplicas),
    gauge('kube_deployment_status_replicas_available', 'The number of available replicas.', ({ availableReplicas }) => availableReplicas),
  ]
}

/** cAdvisor's: only of containers that run. */
function ofContainers(pods: readonly PodView[]): Family[] {
  const running = pods.filter(({ startedAt }) => startedAt !== null)
  const samples = running.map(({ namespace, name, container, memoryBytes }) => ({
    labels: { namespace, pod: name, container },
    value: memoryBytes,
  }))
  return [{ name: 'container_memory_working_set_bytes', type: 'gauge', help: 'Current working set in bytes.', samples }]
}
