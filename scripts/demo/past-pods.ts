import type { PodInspection } from '../../lib/core/evidence.ts'
import type { PodState } from '../../lib/core/workload.ts'
import type { SignalName } from './history-signals.ts'

/** What each fault writes into a log. */
const COMPLAINTS: Record<SignalName, string> = {
  EdgeLinkHighErrorRate: 'ERROR GET /orders 500: timed out waiting for a connection of the pool (size 2)',
  EdgeLinkHighLatency: 'WARN  GET /orders 200 took 842 ms',
  EdgeLinkPodCrashLooping: 'FATAL cannot read property "region" of undefined',
}

/** How a pod of a bad version of the past looked; no fault: one that only people find bad. */
export function pastPod(fault: SignalName | null, name: string): Partial<PodState> & { name: string } {
  return fault === 'EdgeLinkPodCrashLooping' ? { name, ready: false, restarts: 4, reason: 'CrashLoopBackOff' } : { name }
}

/** What Kubernetes told of it then: Events and the last log lines. */
export function pastInspection(fault: SignalName | null, { image, at }: { image: string; at: number }): PodInspection {
  const [container = ''] = (image.split('/').at(-1) ?? '').split(':')
  const started = at - 90_000
  const isCrashing = fault === 'EdgeLinkPodCrashLooping'
  const complaint = fault === null ? 'INFO  GET /orders 200 took 41 ms' : COMPLAINTS[fault]
  const line = (offsetMs: number, text: string) => `${new Date(started + offsetMs).toISOString()} ${text}`
  const events = [
    { reason: 'Started', message: `Started container ${container}`, count: isCrashing ? 4 : 1, lastSeenAt: started + 1_000 },
    { reason: 'Pulled', message: `Container image "${image}" already present on machine`, count: isCrashing ? 4 : 1, lastSeenAt: started },
  ].map((event) => ({ type: 'Normal', ...event }))
  const backOff = { type: 'Warning', reason: 'BackOff', message: 'Back-off restarting failed container', count: 3, lastSeenAt: at - 2_000 }
  return {
    events: isCrashing ? [backOff, ...events] : events,
    logs: {
      container,
      previous: isCrashing,
      lines: [line(1_200, `INFO  starting ${image}`), line(1_500, 'INFO  listening on :8080'), line(41_000, complaint)],
    },
  }
}
