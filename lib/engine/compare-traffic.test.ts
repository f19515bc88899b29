import { expect, it } from 'vitest'
import { EngineWorld, MINUTE, T0 } from '../testing/engine-world.ts'
import { aRule } from '../testing/fake-metrics.ts'
import { compareTraffic } from './compare-traffic.ts'

const LABELS = { alertname: 'EdgeLinkHighErrorRate', severity: 'critical', auto_rollback: 'true', service: 'checkout' }
const ASKED = { workload: 'checkout', labels: LABELS, deployedAt: T0 - 5 * MINUTE }

function busyWorld(): EngineWorld {
  const world = new EngineWorld()
  world.metrics.load(aRule())
  world.metrics.traffics.set('EdgeLinkHighErrorRate', (at) => (at < T0 ? 100 : 320))
  return world
}

it('reads the requests a second before the deploy and now', async () => {
  expect(await compareTraffic(busyWorld().deps, ASKED)).toEqual({
    state: 'read',
    expression: 'requests',
    windowMs: 120_000,
    before: { at: T0 - 5 * MINUTE, perSecond: 100 },
    now: { at: T0, perSecond: 320 },
  })
})

it('keeps what nobody counted apart from zero', async () => {
  const world = busyWorld()
  world.metrics.traffics.set('EdgeLinkHighErrorRate', (at) => (at < T0 ? null : 0))
  expect(await compareTraffic(world.deps, ASKED)).toMatchObject({ before: { perSecond: null }, now: { perSecond: 0 } })
})

it.each<[string, Partial<typeof ASKED> | { labels: null } | { deployedAt: null }, (world: EngineWorld) => void]>([
  ['no_alert', { labels: null }, () => {}],
  ['no_deploy', { deployedAt: null }, () => {}],
  ['no_rule', { labels: { ...LABELS, alertname: 'Another' } }, () => {}],
  ['not_derivable', {}, (world) => world.metrics.traffics.clear()],
  [
    'no_prometheus',
    {},
    (world) => {
      world.metrics.isConfigured = false
    },
  ],
  [
    'silent',
    {},
    (world) => {
      world.metrics.down = true
    },
  ],
])('says %s instead', async (state, asked, change) => {
  const world = busyWorld()
  change(world)
  expect(await compareTraffic(world.deps, { ...ASKED, ...asked })).toEqual({ state })
})
