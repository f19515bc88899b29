import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_THRESHOLDS, type PrometheusRule, ruleFile } from '../lib/core/rule-file.ts'
import { deliver } from '../lib/testing/delivery.ts'
import { MetricHistory } from '../lib/testing/metric-history.ts'
import { HEALTHY } from '../lib/testing/pod-counters.ts'
import { checkOf, decisionsOf, untilDecided } from './decisions.ts'
import { deployAndWait, generationOf, imageOf } from './kubectl.ts'
import { type Snapback, untilDeployKnown, untilPhase, type WireRollback } from './snapback.ts'
import { until } from './until.ts'
import { createWorld, type World } from './world.ts'

const ENDED = ['succeeded', 'failed', 'unverified', 'superseded', 'aborted']
const MINUTE = 60_000

/** Memory that will reach its limit within a minute, asked before it does: a team's own rule, beside the three that ask. */
const RUNS_AWAY: PrometheusRule = {
  alert: 'MemoryRunsAway',
  expr: [
    'predict_linear(container_memory_working_set_bytes{pod=~"edgelink-gateway-.*"}[10s], 60)',
    '/ on (namespace, pod, container) kube_pod_container_resource_limits{resource="memory"} > 0.95',
  ].join(' '),
  for: '2s',
  labels: { auto_rollback: 'true' },
}

/** The error rate of one service, with the shipped rule's own range of 5 min or with another. */
function errorRateOf(service: string, alert: string, { range = '5m', waits }: { range?: string; waits: string }): PrometheusRule {
  const [shipped] = ruleFile(DEFAULT_THRESHOLDS).groups.flatMap(({ rules }) => rules)
  if (shipped === undefined) throw new Error('no rule is shipped')
  const expr = shipped.expr.replace('status=~"5.."', `status=~"5..",service="${service}"`).replaceAll('[5m]', `[${range}]`)
  return { ...shipped, alert, expr, for: waits }
}

/** Ten minutes in which the service did well, so that a range of five is full from the start. */
function goodPast(service: string): string {
  const history = new MetricHistory({ from: Date.now() - 10 * MINUTE, everyMs: 5_000 })
  const pods = ['1', '2'].map((name) => ({ name: `${service}-past-${name}`, namespace: 'past', service, behaviour: HEALTHY }))
  history.workloads.setPods(pods)
  history.pass(10 * MINUTE - 5_000)
  return history.text()
}

/**
 * The decision on a real stack: what a deploy is to blame for is put back, what it is not is left alone. One world for all; so
 * many incidents at once would have a common cause.
 */
describe.concurrent('the evidence', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld('evidence', process.env['KUBECONFIG'] ?? '', {
      policy: { commonCause: { workloads: 100, withinMs: 2 * MINUTE }, budget: { count: 100, windowMs: 30 * MINUTE } },
      rules: [
        RUNS_AWAY,
        errorRateOf('payments', 'ErrorsOfFiveMinutes', { waits: '1s' }),
        errorRateOf('orders', 'ErrorsForLong', { range: '10s', waits: '35s' }),
      ],
      history: goodPast('payments'),
    })
  })
  afterAll(() => world?.close())

  /** Deployed, playing, known and measured. */
  async function serve(name: string): Promise<{ namespace: string; name: string }> {
    const workload = { namespace: world.namespace, name }
    await deployAndWait({ ...workload, image: `${name}:1.0.0` })
    world.play(name)
    await untilDeployKnown(world.api, workload, `${name}:1.0.0`)
    await world.untilMeasured(name)
    return workload
  }

  /** Its next version, with what its tag says. */
  async function deployNext(workload: { namespace: string; name: string }, carries = ''): Promise<string> {
    const image = `${workload.name}:1.1.0${carries}`
    await deployAndWait({ ...workload, image })
    await untilDeployKnown(world.api, workload, image)
    return image
  }

  /** Until Prometheus says that, of a query. */
  async function untilMeasured(what: string, query: string): Promise<void> {
    await until(what, 90_000, async () => {
      const answer = await fetch(`${world.prometheusUrl}/api/v1/query?${new URLSearchParams({ query })}`)
      const { data } = (await answer.json()) as { data: { result: unknown[] } }
      return data.result.length > 0 ? true : null
    })
  }
  const alertIs = (alert: string, service: string, state: string) =>
    untilMeasured(`${alert} of ${service} to be ${state}`, `ALERTS{alertname="${alert}",service="${service}",alertstate="${state}"}`)

  async function expectUntouched(workload: { namespace: string; name: string }, image: string): Promise<void> {
    expect(await imageOf(workload.namespace, workload.name)).toBe(image)
    expect(await generationOf(workload.namespace, workload.name)).toBe(2)
  }

  it.each([
    ['a memory leak, by its slope, before anybody is killed', 'edgelink-gateway', '-leak', 'MemoryRunsAway'],
    ['a memory leak, once containers are killed for it', 'edgelink-worker', '-oom', 'EdgeLinkPodCrashLooping'],
    ['a database pool set wrong, with 12 % of 5xx', 'edgelink-orders', '-pool', 'EdgeLinkHighErrorRate'],
    ['an upgraded library, with a P95 from 150 to 800 ms', 'edgelink-telemetry', '-library', 'EdgeLinkHighLatency'],
  ])('puts back %s', async (what, name, carries, alert) => {
    const workload = await serve(name)
    const bad = await deployNext(workload, carries)
    const rollback = await untilPhase(world.api, workload, ENDED, 110_000)
    expect(rollback).toMatchObject({ reason: alert, from: { images: [bad] }, to: { images: [`${name}:1.0.0`] } })
    expect(rollback).toMatchObject({ phase: 'succeeded', outcome: { reason: 'healthy_for_bake_time' } })
    await expectRestored(workload)
    print(what, rollback)
  })

  async function expectRestored({ namespace, name }: { namespace: string; name: string }): Promise<void> {
    expect(await imageOf(namespace, name)).toBe(`${name}:1.0.0`)
    expect(await generationOf(namespace, name)).toBe(3)
  }

  it('leaves a deploy alone that came while the alert was pending or fired already', async () => {
    const workload = await serve('orders')
    const scope = { level: 'workload', workload: { ...workload, kind: 'Deployment' } }
    // Nothing is decided for good before the deploy: what the pause held is decided again after it.
    const steer = (action: 'pause' | 'resume') =>
      until(`the ${action}`, 60_000, () => world.api.send('POST', '/api/control', { action, scope, reason: 'we look at it' }))
    await steer('pause')
    world.disturb('orders', { errorRatio: 0.5 })
    await alertIs('EdgeLinkHighErrorRate', 'orders', 'firing')
    await alertIs('ErrorsForLong', 'orders', 'pending')
    await untilDecided(world.api, workload, 'EdgeLinkHighErrorRate')
    const image = await deployNext(workload)
    await steer('resume')

    const fired = await untilDecided(world.api, workload, 'EdgeLinkHighErrorRate', ({ reason }) => reason === 'new_deploy_while_firing')
    expect(fired).toMatchObject({ verdict: 'hold', effect: 'none', decideAgainAt: expect.any(String) })
    const pending = await untilDecided(world.api, workload, 'ErrorsForLong')
    expect(pending).toMatchObject({ verdict: 'hold', effect: 'none', reason: 'older_than_deploy' })
    await expectUntouched(workload, image)
  })

  it('leaves a deploy alone when a rate of five minutes carries a fault that is older', async () => {
    const workload = await serve('payments')
    world.disturb('payments', { errorRatio: 0.6 })
    // Seen within a minute, and not yet within five.
    await untilMeasured(
      'errors of payments',
      'sum(increase(http_requests_total{status="500",service="payments"}[1m])) / sum(increase(http_requests_total{service="payments"}[1m])) > 0.03',
    )
    const image = await deployNext(workload)
    const decision = await untilDecided(world.api, workload, 'ErrorsOfFiveMinutes')
    expect(decision).toMatchObject({ verdict: 'hold', effect: 'none', reason: 'condition_before_deploy' })
    expect(checkOf(decision, 'deploy_explains')).toMatchObject({ answer: 'pass' })
    // It had never been pending: only the reading on a short window tells.
    expect(checkOf(decision, 'not_older').values).toMatchObject({ lastActiveAt: null, threshold: 0.05 })
    await expectUntouched(workload, image)
  })

  it('leaves a deploy alone when the alert had fired shortly before it, too', async () => {
    const workload = await serve('stock')
    world.disturb('stock', { errorRatio: 0.5 })
    await alertIs('EdgeLinkHighErrorRate', 'stock', 'firing')
    world.disturb('stock', null)
    await untilMeasured('the alert of stock to end', 'absent(ALERTS{alertname="EdgeLinkHighErrorRate",service="stock"})')
    const image = await deployNext(workload, '-bad')
    const decision = await untilDecided(
      world.api,
      workload,
      'EdgeLinkHighErrorRate',
      (one) => checkOf(one, 'deploy_explains').answer === 'pass' && one.reason !== 'no_target',
    )
    expect(decision).toMatchObject({ verdict: 'hold', effect: 'none', reason: 'condition_before_deploy' })
    expect(checkOf(decision, 'not_older').values).toMatchObject({ lastActiveAt: expect.any(String) })
    await expectUntouched(workload, image)
  })

  it('believes no delivery of an alert that does not fire in Prometheus, for this workload', async () => {
    const { api: blind, app: blindApp } = await world.startAnother({})
    const workload = await serve('invoices')
    const image = await deployNext(workload)
    await untilDeployKnown(blind, workload, image)
    const startsAt = new Date().toISOString()
    const asks = { auto_rollback: 'true', severity: 'critical' }
    const forge = async (app: Pick<World['app'], 'port'>, labels: Record<string, string>) => {
      const alert = { status: 'firing', labels, startsAt, endsAt: startsAt, fingerprint: `${labels['alertname']}-${labels['service']}` }
      expect(await deliver(app, JSON.stringify({ version: '4', alerts: [alert] }))).toMatchObject({ status: 200, body: { accepted: 1 } })
    }
    const disbelieved = async (api: Snapback, alert: string, values: object) => {
      const decision = await untilDecided(api, workload, alert)
      expect(decision).toMatchObject({ verdict: 'hold', effect: 'none', reason: 'not_confirmed' })
      expect(checkOf(decision, 'confirmed').values).toMatchObject(values)
    }

    // One that fires nowhere, told to both.
    const nowhere = { ...asks, alertname: 'EdgeLinkHighErrorRate', service: 'invoices' }
    await forge(world.app, nowhere)
    await forge(blindApp, nowhere)
    await disbelieved(world.api, 'EdgeLinkHighErrorRate', { prometheus: 'absent', alertmanager: 'absent' })
    await disbelieved(blind, 'EdgeLinkHighErrorRate', { prometheus: 'absent', alertmanager: 'not_configured' })

    // One that somebody told Alertmanager, which passes it on.
    const told = { ...asks, alertname: 'EdgeLinkHighLatency', service: 'invoices' }
    const body = JSON.stringify([{ labels: told, startsAt }])
    const posted = await fetch(`${world.alertmanagerUrl}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(posted.status).toBe(200)
    await disbelieved(world.api, 'EdgeLinkHighLatency', { prometheus: 'absent', alertmanager: 'firing' })

    // One that fires for another service, with labels added that name this workload.
    await serve('returns')
    world.disturb('returns', { errorRatio: 0.5 })
    await alertIs('EdgeLinkHighErrorRate', 'returns', 'firing')
    const fires = { ...asks, alertname: 'EdgeLinkHighErrorRate', service: 'returns' }
    await forge(blindApp, { ...fires, exported_namespace: workload.namespace, exported_deployment: workload.name })
    await until('both to be decided', 60_000, async () => {
      const decided = await decisionsOf(blind, workload)
      return new Set(decided.map((one) => checkOf(one, 'workload_found').values['via'])).size === 2 ? true : null
    })

    // Looked up again, and not believed then either.
    await until('another look', 60_000, async () =>
      (await decisionsOf(world.api, workload, 'EdgeLinkHighErrorRate')).length > 1 ? true : null,
    )
    for (const api of [world.api, blind]) {
      const reasons = (await decisionsOf(api, workload)).map(({ effect, reason }) => `${effect} ${reason}`)
      expect(new Set(reasons)).toEqual(new Set(['none not_confirmed']))
    }
    await expectUntouched(workload, image)
  })
})

function print(what: string, { clocks }: WireRollback): void {
  const parts = Object.entries(clocks.parts).map(([part, ms]) => `${part.replace('Ms', '')} ${((ms ?? Number.NaN) / 1_000).toFixed(1)} s`)
  process.stdout.write(`${what}: ${parts.join(', ')}\n`)
}
