import { expect, test } from 'vitest'
import { badDeployWorld, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { ingestAlerts } from './ingest-alerts.ts'

const OTHERS = ['orders', 'payments', 'stock']

/** checkout and three others, each with a bad deploy; the name service fails for all of them. */
async function dnsFails(): Promise<EngineWorld> {
  const world = await badDeployWorld()
  world.now = T0 - 60 * MINUTE
  for (const name of OTHERS) world.cluster.deploy(`edgelink/${name}`, { image: `${name}:1` })
  world.now = T0
  return world
}

const podOf = (world: EngineWorld, name: string, index: number) => {
  const [revision] = world.cluster.revisions({ namespace: 'edgelink', kind: 'Deployment', name })
  return `${revision?.name}-${index.toString(36).padStart(5, 'x')}`
}

/** Stored without being decided. */
function store(world: EngineWorld, labels: readonly Record<string, string>[]): Promise<{ due: string[] }> {
  const alerts = labels.map((one) => world.alert({ labels: { alertname: 'PodCrashLooping', ...one } }))
  return ingestAlerts(world.deps, { alerts, rejected: [], truncated: 0 })
}

async function decideLast(world: EngineWorld, due: readonly string[]): Promise<void> {
  await world.evaluate(due.at(-1) ?? '')
}

test('many pods of the own workload do not crowd out the others that are in trouble', async () => {
  const world = await dnsFails()
  await store(
    world,
    OTHERS.map((deployment) => ({ namespace: 'edgelink', deployment })),
  )
  world.now = T0 + 5 * SECOND
  const pods = Array.from({ length: 40 }, (_, index) => ({ namespace: 'edgelink', pod: podOf(world, 'checkout', index) }))
  const { due } = await store(world, pods)
  await decideLast(world, due)
  expect(world.decision).toMatchObject({ effect: 'none', reason: 'common_cause' })
})

test('hundreds of episodes of the own workload that began first do not either', async () => {
  const world = await dnsFails()
  const pods = Array.from({ length: 300 }, (_, index) => ({ namespace: 'edgelink', pod: podOf(world, 'checkout', index) }))
  const { due } = await store(world, pods)
  world.now = T0 + 5 * SECOND
  await store(
    world,
    OTHERS.map((deployment) => ({ namespace: 'edgelink', deployment })),
  )
  await decideLast(world, due)
  expect(world.decision).toMatchObject({ effect: 'none', reason: 'common_cause' })
})

test('nor do many alerts that lead to no workload', async () => {
  const world = await dnsFails()
  await store(
    world,
    OTHERS.map((deployment) => ({ namespace: 'edgelink', deployment })),
  )
  world.now = T0 + 5 * SECOND
  const strangers = Array.from({ length: 60 }, (_, index) => ({ namespace: 'edgelink', deployment: `gone-${index}` }))
  await store(world, strangers)
  const { due } = await store(world, [{ namespace: 'edgelink', deployment: 'checkout' }])
  await decideLast(world, due)
  expect(world.decision).toMatchObject({ effect: 'none', reason: 'common_cause' })
})

test('pods of several others count as their workloads, however many each has', async () => {
  const world = await dnsFails()
  const pods = OTHERS.flatMap((name) =>
    Array.from({ length: 20 }, (_, index) => ({ namespace: 'edgelink', pod: podOf(world, name, index) })),
  )
  await store(world, pods)
  const { due } = await store(world, [{ namespace: 'edgelink', deployment: 'checkout' }])
  await decideLast(world, due)
  const workloads = new Set(world.decision.facts.others?.map(({ workload }) => workload))
  expect([...workloads].sort()).toEqual(OTHERS.map((name) => `edgelink/Deployment/${name}`))
  expect(world.decision).toMatchObject({ effect: 'none', reason: 'common_cause' })
})
