import { describe, expect } from 'vitest'
import type { Store, Tx } from '../ports.ts'
import type { FakeJob } from './fake-tables.ts'
import { controlCases } from './store-contract-control.ts'
import { episodeCases } from './store-contract-episodes.ts'
import { incidentCases } from './store-contract-incidents.ts'
import { jobCases } from './store-contract-jobs.ts'
import { rollbackCases } from './store-contract-rollbacks.ts'
import { transactionCases } from './store-contract-transaction.ts'
import { workloadCases } from './store-contract-workloads.ts'

/** An empty store, and a look at the jobs that wait in its queue. */
export interface StoreUnderTest {
  store: Store
  jobs(): Promise<FakeJob[]>
  close(): Promise<void>
}

export type StoreFactory = () => Promise<StoreUnderTest>

/** What every Store does. The same cases run on Postgres and on the fake that the engine's tests stand on. */
export function storeContract(make: StoreFactory): void {
  const within = using(make)
  describe('transaction', () => transactionCases(within))
  describe('episodes', () => episodeCases(within))
  describe('workloads and deploys', () => workloadCases(within))
  describe('incidents and decisions', () => incidentCases(within))
  describe('rollbacks', () => rollbackCases(within))
  describe('control and policies', () => controlCases(within))
  describe('jobs', () => jobCases(within))
}

export type Within = (work: (under: StoreUnderTest) => Promise<void>) => () => Promise<void>

function using(make: StoreFactory): Within {
  return (work) => async () => {
    const under = await make()
    try {
      await work(under)
    } finally {
      await under.close()
    }
  }
}

/** The transaction is refused as a conflict that names its subject. */
export async function expectConflict(store: Store, work: (tx: Tx) => Promise<unknown>, words: RegExp): Promise<void> {
  await expect(store.transaction(work)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(words) })
}
