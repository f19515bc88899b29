import type { Browser, Page } from '@playwright/test'
import type { ControlNow } from '../../lib/core/control.ts'
import type { PolicyFields } from '../../lib/core/policy.ts'
import { until } from '../until.ts'
import type { PersonName } from './database.ts'
import { type Looks, openAs, openAsStranger, type Person } from './person.ts'
import { NAMESPACE, type World } from './world.ts'

/** What holds before something happens. */
export class Given {
  readonly #world: World
  readonly #browser: Browser
  readonly #opened: Pick<Person, 'leaves'>[] = []

  constructor(world: World, browser: Browser) {
    this.#world = world
    this.#browser = browser
  }

  /** Somebody who is signed in, at a page. */
  async person(name: PersonName, { at = '/', ...looks }: Looks & { at?: string } = {}): Promise<Person> {
    const person = await openAs({ browser: this.#browser, url: this.#world.url, name, looks })
    this.#opened.push(person)
    await person.visits(at)
    return person
  }

  /** Somebody who is not signed in. */
  async stranger(looks: Looks = {}): Promise<Page> {
    const page = await openAsStranger({ browser: this.#browser, url: this.#world.url, looks })
    this.#opened.push({ leaves: () => page.context().close() })
    return page
  }

  /** Nothing is paused and nothing is a dry run. */
  async automationActs(): Promise<void> {
    const { api } = this.#world
    const control = await api.get<ControlNow>('/api/control')
    const reason = 'the next story begins'
    for (const { scope } of control.pauses) await api.send('POST', '/api/control', { action: 'resume', scope, reason })
    if (control.isDryRun) await api.send('POST', '/api/control', { action: 'dry-run', on: false, reason })
  }

  /** The rollbacks of earlier stories have come to their end. */
  async nothingIsUnderWay(): Promise<void> {
    await until('every rollback to end', 60_000, async () => {
      const { items } = await this.#world.api.get<{ items: object[] }>('/api/rollbacks?open=true')
      return items.length === 0 ? true : null
    })
  }

  async policyOf(workload: string, fields: PolicyFields): Promise<void> {
    const { api } = this.#world
    const scope = { level: 'workload', workload: { namespace: NAMESPACE, kind: 'Deployment', name: workload } }
    await api.send('PUT', '/api/policies', { scope, fields, version: 0, reason: 'as the story needs it' })
  }

  /** Helm's marks on a Deployment, as `helm install` leaves them, and the application has seen them. */
  async helmOwns(workload: string, release: string): Promise<void> {
    const { sandbox, api } = this.#world
    const annotations = { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': NAMESPACE }
    await sandbox.annotate(`${NAMESPACE}/${workload}`, annotations)
    await until(`that ${workload} is Helm's`, 20_000, async () => {
      const { owner } = await api.get<{ owner: object | null }>(`/api/workloads/${NAMESPACE}/Deployment/${workload}`)
      return owner
    })
  }

  async everybodyLeaves(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((one) => one.leaves()))
  }
}
