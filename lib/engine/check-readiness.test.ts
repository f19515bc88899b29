import { beforeEach, expect, it } from 'vitest'
import { upstreamError } from '../core/errors.ts'
import { EngineWorld, SECOND } from '../testing/engine-world.ts'
import { checkReadiness } from './check-readiness.ts'

let world: EngineWorld
let worker: { isReady: boolean; lastSweepAt: number | null; waitingFor: string | null }

beforeEach(() => {
  world = new EngineWorld()
  worker = { isReady: true, lastSweepAt: world.now, waitingFor: null }
})

async function check() {
  const { status, parts } = await checkReadiness({ ...world.deps, worker: () => worker })
  return { status, ...Object.fromEntries(parts.map((part) => [part.name, part])) }
}

it('is up when every part is', async () => {
  expect(await check()).toEqual({
    status: 'up',
    database: { name: 'database', status: 'up', detail: null },
    worker: { name: 'worker', status: 'up', detail: null },
    kubernetes: { name: 'kubernetes', status: 'up', detail: null },
    prometheus: { name: 'prometheus', status: 'up', detail: null },
  })
})

it('is down while the database is away', async () => {
  world.store.isAway = true
  expect(await check()).toMatchObject({ status: 'down', database: { status: 'down' } })
})

it('is down until the worker is ready, and says what it waits for', async () => {
  worker = { isReady: false, lastSweepAt: null, waitingFor: 'migrations' }
  expect(await check()).toMatchObject({ status: 'down', worker: { status: 'down', detail: 'waits for: migrations' } })
})

it('is down when nothing was swept for 15 s', async () => {
  world.now += 14 * SECOND
  expect(await check()).toMatchObject({ status: 'up' })
  world.now += SECOND
  expect(await check()).toMatchObject({ status: 'down', worker: { status: 'down' } })
})

it('is up where another process sweeps', async () => {
  worker.lastSweepAt = null
  expect(await check()).toMatchObject({ status: 'up', worker: { status: 'up' } })
})

it('stays up without Prometheus and Kubernetes, and names them: deliveries are still stored', async () => {
  world.metrics.down = true
  world.cluster.ping = () => Promise.reject(upstreamError('kubernetes', 'get version: ECONNREFUSED'))
  expect(await check()).toMatchObject({
    status: 'up',
    kubernetes: { status: 'down', detail: 'kubernetes: get version: ECONNREFUSED' },
    prometheus: { status: 'down', detail: expect.stringContaining('prometheus') },
  })
})

it('tells a Prometheus that is not configured from one that is down', async () => {
  world.metrics.isConfigured = false
  expect(await check()).toMatchObject({ status: 'up', prometheus: { status: 'not_configured', detail: null } })
})

it('does not call a cluster up whose caches are empty', async () => {
  world.cluster.isSynced = () => false
  expect(await check()).toMatchObject({ kubernetes: { status: 'down', detail: 'kubernetes: not read yet' } })
})

it('says what keeps the caches from being filled: which call, which answer', async () => {
  world.cluster.isSynced = () => false
  world.cluster.trouble = () => 'kubernetes: list deployments: 403 deployments.apps is forbidden'
  expect(await check()).toMatchObject({
    kubernetes: { status: 'down', detail: 'kubernetes: list deployments: 403 deployments.apps is forbidden' },
  })
})

it('repeats no text of an error that is not ours', async () => {
  world.cluster.ping = () => Promise.reject(new Error('connect to https://admin:hunter2@api failed'))
  expect((await check()) as object).toMatchObject({ kubernetes: { status: 'down', detail: 'does not work' } })
})
