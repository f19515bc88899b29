import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../until.ts'
import { NAMESPACE, type World } from './world.ts'

const DIES_WITHIN_MS = 60_000

/** What happens in the world, outside of any browser. */
export class When {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Deploys the next version: with a fault, or a good one. @returns its image */
  async deploys(workload: string, fault: 'errors' | 'latency' | 'crash-loop' | null): Promise<string> {
    const { image } = await this.#world.sandbox.deploy(`${NAMESPACE}/${workload}`, fault)
    return image
  }

  /** Nothing is left that a workload could go back to. */
  async oldRevisionsAreRemoved(workload: string): Promise<void> {
    await this.#world.sandbox.forgetRevisionsBefore(`${NAMESPACE}/${workload}`)
  }

  async observabilityGoes(state: 'down' | 'up'): Promise<void> {
    await this.#world.sandbox.setObservability(state)
  }

  /** The image that a workload runs, as the cluster says. */
  imageOf(workload: string): Promise<string> {
    return this.#world.sandbox.imageOf(`${NAMESPACE}/${workload}`)
  }

  /** The application will die the moment that it has decided, with the patch not sent. */
  async applicationIsToDieBeforeThePatch(): Promise<void> {
    const TEST_KILL_ONCE_FILE = join(tmpdir(), `snapback-dies-${randomUUID()}`)
    await this.#world.restart({ TEST_KILL_POINT: 'decision-stored', TEST_KILL_ONCE_FILE })
  }

  async applicationHasDied(): Promise<void> {
    let isDead = false
    void this.#world.app().exited.then(() => {
      isDead = true
    })
    await until('the application to die', DIES_WITHIN_MS, async () => (isDead ? true : null))
  }

  /** The pages are back, and nothing acts yet. */
  async onlyThePagesAreBack(): Promise<void> {
    await this.#world.restart({ ENGINE: 'apart' })
  }

  async applicationStops(): Promise<void> {
    await this.#world.app().stop()
  }

  async applicationIsBack(env: Record<string, string> = {}): Promise<void> {
    await this.#world.restart(env)
  }
}
