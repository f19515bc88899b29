import { describe } from 'vitest'
import { controlCases } from './store-contract-control.ts'
import { decisionCases } from './store-contract-decisions.ts'
import { episodeCases } from './store-contract-episodes.ts'
import { evidenceCases } from './store-contract-evidence.ts'
import { incidentCases } from './store-contract-incidents.ts'
import { jobCases } from './store-contract-jobs.ts'
import { judgementCases } from './store-contract-judgements.ts'
import { rollbackCases } from './store-contract-rollbacks.ts'
import { transactionCases } from './store-contract-transaction.ts'
import { workloadCases } from './store-contract-workloads.ts'
import type { StoreFactory, Within } from './store-under-test.ts'

/** What every Store does. The same cases run on Postgres and on the fake that the engine's tests stand on. */
export function storeContract(make: StoreFactory): void {
  const within = using(make)
  describe('transaction', () => transactionCases(within))
  describe('episodes', () => episodeCases(within))
  describe('workloads and deploys', () => workloadCases(within))
  describe('incidents and decisions', () => incidentCases(within))
  describe('the last decision of an alert', () => decisionCases(within))
  describe('evidence', () => evidenceCases(within))
  describe('rollbacks', () => rollbackCases(within))
  describe('judgements', () => judgementCases(within))
  describe('control and policies', () => controlCases(within))
  describe('jobs', () => jobCases(within))
}

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
