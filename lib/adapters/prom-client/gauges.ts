import { Gauge, type Registry } from 'prom-client'
import type { Gauges } from '../../core/gauges.ts'
import type { Meter } from '../../ports.ts'

/** What is read at scrape time. What is not known just now is not shown: a gap, never an old value or a zero. */
export function createGauges(prefix: string, registry: Registry): { set(now: Gauges): void; upstream: Meter['upstream'] } {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name: `${prefix}_${name}`, help, labelNames, registers: [registry] })

  const paused = gauge('automation_paused', '1 while any pause holds', [])
  const dryRun = gauge('dry_run', '1 while dry run is on', [])
  const breaker = gauge('breaker_open', '1 while the budget of rollbacks is spent', [])
  const heartbeatAge = gauge('heartbeat_age_seconds', 'Since the heartbeat alert was last delivered', ['name'])
  const queueDepth = gauge('queue_depth', 'Jobs in the queue', ['job', 'state'])
  const oldestDue = gauge('oldest_due_age_seconds', 'How long the most overdue step has waited', [])
  const upstreamUp = gauge('upstream_up', '1 while the system answers', ['upstream'])
  const upstream = (name: string, isUp: boolean) => upstreamUp.set({ upstream: name }, isUp ? 1 : 0)

  return {
    upstream,
    set(now) {
      setOrHide(paused, now.automationPaused === null ? null : Number(now.automationPaused))
      setOrHide(dryRun, now.dryRun === null ? null : Number(now.dryRun))
      setOrHide(breaker, now.breakerOpen === null ? null : Number(now.breakerOpen))
      setOrHide(oldestDue, now.oldestDueAgeSeconds)
      heartbeatAge.reset()
      for (const { name, seconds } of now.heartbeatAgeSeconds) heartbeatAge.set({ name }, seconds)
      queueDepth.reset()
      for (const { job, queued, active } of now.queue) {
        queueDepth.set({ job, state: 'queued' }, queued)
        queueDepth.set({ job, state: 'active' }, active)
      }
      for (const { name, isUp } of now.upstreams) upstream(name, isUp)
    },
  }
}

function setOrHide(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove()
  else gauge.set(value)
}
