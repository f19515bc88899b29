import { test as base } from '@playwright/test'
import { SHORTENED } from '../../scripts/demo/prepare-database.ts'
import { Given } from './given.ts'
import { When } from './when.ts'
import { startWorld, type World } from './world.ts'

interface WorkerFixtures {
  workloads: readonly string[]
  world: World
}

interface TestFixtures {
  given: Given
  when: When
}

/** A test that reads given / when / then. `thenFor` of then.ts says what a person sees. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  workloads: [['payments', 'search', 'ledger', 'catalog', 'orders', 'returns'], { scope: 'worker', option: true }],
  world: [
    async ({ workloads }, provide) => {
      const world = await startWorld({ workloads })
      await shortenBakeTime(world)
      await provide(world)
      await world.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  given: async ({ world, browser }, provide) => {
    const given = new Given(world, browser)
    await given.automationActs()
    await provide(given)
    await given.everybodyLeaves()
  },
  when: async ({ world }, provide) => {
    await provide(new When(world))
  },
})

/** What the demo lets people watch, a test waits for. And stories that share a world break one workload after the other: that is no common cause. */
async function shortenBakeTime({ api }: World): Promise<void> {
  const apart = { commonCause: { workloads: 100, withinMs: 10_000 }, budget: { count: 100, windowMs: 60_000 } }
  const fields = { ...SHORTENED, ...apart, bakeTimeMs: 5_000 }
  await api.send('PUT', '/api/policies', { scope: { level: 'cluster' }, fields, version: 2, reason: 'a test waits' })
}
