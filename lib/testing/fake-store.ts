import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Store, Tx } from '../ports.ts'
import { emptyTables, type FakeJob, type FakeTables } from './fake-tables.ts'
import { fakeTx } from './fake-tx.ts'

/**
 * The store in memory, held to the same cases as the one on Postgres (`store-contract.ts`). Transactions run one
 * after another; one that throws leaves nothing behind. `isAway` makes it answer as a stopped database does.
 */
export class FakeStore implements Store {
  tables: FakeTables = emptyTables()
  isAway = false
  readonly #now: () => Instant
  #last: Promise<unknown> = Promise.resolve()

  constructor(now: () => Instant = Date.now) {
    this.#now = now
  }

  /** Queued jobs, in the order of sending. */
  get jobs(): readonly FakeJob[] {
    return this.tables.jobs
  }

  /** Takes the jobs that are due out of the queue, as a worker would. */
  takeJobs(now: Instant): FakeJob[] {
    const due = this.tables.jobs.filter(({ runAt }) => runAt === null || runAt <= now)
    this.tables.jobs = this.tables.jobs.filter((job) => !due.includes(job))
    return due
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#run(work))
    this.#last = result.catch(() => {})
    return result
  }

  async ping(): Promise<void> {
    this.#refuseWhileAway()
  }

  async #run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#refuseWhileAway()
    const before = structuredClone(this.tables)
    const state = { isOver: false }
    try {
      const result = await work(guarded(fakeTx(this.tables, this.#now), state))
      this.#refuseWhileAway()
      if (state.isOver) throw new Error('current transaction is aborted: an earlier statement failed')
      return result
    } catch (error) {
      this.tables = { ...before, nextId: this.tables.nextId }
      throw error
    } finally {
      state.isOver = true
    }
  }

  #refuseWhileAway(): void {
    if (this.isAway) throw new SnapbackError('storage_unavailable', 'postgres: cannot be reached', { upstream: 'postgres' })
  }
}

/**
 * As Postgres does it: after a statement failed, and after its end, a transaction takes no more statements.
 * What goes in and out is copied, so that nobody changes a row by changing an object.
 */
function guarded(tx: Tx, state: { isOver: boolean }): Tx {
  return new Proxy(tx, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>
      return async (...args: unknown[]) => {
        if (state.isOver) throw new Error(`${String(name)}: the transaction is over`)
        try {
          return structuredClone(await method(...structuredClone(args)))
        } catch (error) {
          state.isOver = true
          throw error
        }
      }
    },
  })
}
