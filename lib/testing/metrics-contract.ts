import { describe, expect, it } from 'vitest'
import type { Labels } from '../core/alert.ts'
import type { MeasureRequest } from '../core/metrics-request.ts'
import { type AlertingRule, judge } from '../core/signal.ts'
import type { Metrics } from '../ports.ts'

/** A Metrics to test, and what its world looks like. */
export interface MetricsWorld {
  metrics: Metrics
  /** One whose Prometheus does not answer. */
  silent: Metrics
  /** One without an address. */
  unconfigured: Metrics
  /** A rule that is loaded. */
  rule: AlertingRule
  /** The labels of the one alert that fires, as Prometheus has them. */
  firing: Labels
  /** A request about the rule where all is well, and one where it is not. */
  healthy: MeasureRequest
  unhealthy: MeasureRequest
}

/** What the engine relies on, whatever stands behind the port. */
export function describeMetrics(name: string, world: () => MetricsWorld): void {
  const calls: [string, (metrics: Metrics) => Promise<unknown>][] = [
    ['alerts', (metrics) => metrics.alerts()],
    ['rules', (metrics) => metrics.rules()],
    ['measure', (metrics) => metrics.measure(world().healthy)],
    ['query', (metrics) => metrics.query('up', Date.now())],
    ['queryRange', (metrics) => metrics.queryRange('up', { from: 0, to: 1_000, stepMs: 1_000 })],
    ['signal', (metrics) => metrics.signal({ ...world().healthy, workload: 'checkout', from: 0, to: 1_000, stepMs: 1_000 })],
    ['lastActive', (metrics) => metrics.lastActive({ labels: { alertname: 'Errors' }, workload: 'checkout', from: 0, to: 1_000 })],
    ['traffic', (metrics) => metrics.traffic({ ...world().healthy, workload: 'checkout' })],
    ['ping', (metrics) => metrics.ping()],
  ]

  describe(`${name} as Metrics`, () => {
    it.each(calls)('throws upstream_unavailable for %s when it does not answer', async (_, call) => {
      await expect(call(world().silent)).rejects.toMatchObject({ code: 'upstream_unavailable', upstream: 'prometheus' })
    })

    it.each(calls)('refuses %s without an address, and says so', async (_, call) => {
      expect(world().unconfigured.isConfigured).toBe(false)
      await expect(call(world().unconfigured)).rejects.toMatchObject({ code: 'upstream_unavailable', upstream: 'prometheus' })
    })

    it('answers when it is asked whether it is there', async () => {
      expect(world().metrics.isConfigured).toBe(true)
      await expect(world().metrics.ping()).resolves.toBeUndefined()
    })

    it('has its rules, with times in milliseconds', async () => {
      expect(await world().metrics.rules()).toContainEqual(world().rule)
    })

    it('has the alert that fires, under its own labels, since a moment in the past', async () => {
      const alerts = await world().metrics.alerts()
      expect(alerts).toEqual([{ labels: world().firing, state: 'firing', activeAt: expect.any(Number) }])
      expect(alerts[0]?.activeAt).toBeLessThan(Date.now())
      expect(alerts[0]?.activeAt).toBeGreaterThan(Date.now() - 60 * 60_000)
    })

    it('measures what is healthy and what is not', async () => {
      expect(judge(await world().metrics.measure(world().healthy), 20).health).toBe('healthy')
      expect(judge(await world().metrics.measure(world().unhealthy), 20).health).toBe('unhealthy')
    })

    it('answers a query that finds nothing with nothing', async () => {
      expect(await world().metrics.query('nobody_has_this_metric', Date.now())).toEqual([])
      expect(await world().metrics.queryRange('nobody_has_this_metric', { from: 0, to: 1_000, stepMs: 1_000 })).toEqual([])
    })

    it('knows the difference of the clocks once it has answered', async () => {
      await world().metrics.ping()
      expect(Math.abs(world().metrics.clockSkewMs() ?? Number.NaN)).toBeLessThan(5_000)
    })
  })
}
