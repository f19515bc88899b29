import { expect } from 'vitest'
import type { Store, Tx } from '../ports.ts'
import type { FakeJob } from './fake-tables.ts'

/** An empty store, and a look at the jobs that wait in its queue. */
export interface StoreUnderTest {
  store: Store
  jobs(): Promise<FakeJob[]>
  close(): Promise<void>
}

export type StoreFactory = () => Promise<StoreUnderTest>

/** Runs a case on an empty store of its own. */
export type Within = (work: (under: StoreUnderTest) => Promise<void>) => () => Promise<void>

/** The transaction is refused as a conflict that names its subject. */
export async function expectConflict(store: Store, work: (tx: Tx) => Promise<unknown>, words: RegExp): Promise<void> {
  await expect(store.transaction(work)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(words) })
}
