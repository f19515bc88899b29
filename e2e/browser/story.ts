import { test as base } from '@playwright/test'
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
  workloads: [['payments', 'search', 'ledger', 'catalog', 'orders'], { scope: 'worker', option: true }],
  world: [
    async ({ workloads }, provide) => {
      const world = await startWorld({ workloads })
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
