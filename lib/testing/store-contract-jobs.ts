import { expect, test } from 'vitest'
import { AT } from './new-rows.ts'
import type { Within } from './store-under-test.ts'

/** Far ahead of any clock: these jobs stay queued. */
const LATER = AT + 10 * 365 * 24 * 3_600_000
const SOONER = LATER - 60_000

export function jobCases(within: Within): void {
  test(
    'a job is queued with its transaction, each name and id by itself',
    within(async ({ store, jobs }) => {
      await store.transaction(async (tx) => {
        await tx.enqueue('evaluate-alert', 'a', LATER)
        await tx.enqueue('advance-rollback', 'a', LATER)
        await tx.enqueue('evaluate-alert', 'b')
      })
      expect(sorted(await jobs())).toEqual(['advance-rollback a', 'evaluate-alert a', 'evaluate-alert b'])
    }),
  )

  test(
    'a second queued job for the same row is dropped',
    within(async ({ store, jobs }) => {
      for (let time = 0; time < 3; time += 1) await store.transaction((tx) => tx.enqueue('evaluate-alert', 'a', LATER))
      expect(await jobs()).toEqual([{ job: 'evaluate-alert', id: 'a', runAt: LATER }])
    }),
  )

  test(
    'the sooner of two times holds, whichever came first',
    within(async ({ store, jobs }) => {
      await store.transaction((tx) => tx.enqueue('evaluate-alert', 'a', LATER))
      await store.transaction((tx) => tx.enqueue('evaluate-alert', 'a', SOONER))
      await store.transaction((tx) => tx.enqueue('evaluate-alert', 'a', LATER))
      expect(await jobs()).toEqual([{ job: 'evaluate-alert', id: 'a', runAt: SOONER }])
    }),
  )

  test(
    'the sooner of two times holds within one transaction too',
    within(async ({ store, jobs }) => {
      await store.transaction(async (tx) => {
        await tx.enqueue('evaluate-alert', 'a', LATER)
        await tx.enqueue('evaluate-alert', 'a', SOONER)
      })
      expect(await jobs()).toEqual([{ job: 'evaluate-alert', id: 'a', runAt: SOONER }])
    }),
  )

  test(
    'a job without a time pulls one that was queued for later forward',
    within(async ({ store, jobs }) => {
      await store.transaction((tx) => tx.enqueue('advance-rollback', 'a', LATER))
      await store.transaction((tx) => tx.enqueue('advance-rollback', 'a'))
      expect(await jobs()).toEqual([{ job: 'advance-rollback', id: 'a', runAt: null }])
    }),
  )
}

function sorted(jobs: readonly { job: string; id: string }[]): string[] {
  return jobs.map(({ job, id }) => `${job} ${id}`).sort()
}
