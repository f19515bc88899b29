import { expect, test } from 'vitest'
import { AT, anEpisode, aWorkload } from './new-rows.ts'
import type { Within } from './store-under-test.ts'

export function transactionCases(within: Within): void {
  test(
    'returns what the work returned, and keeps what it stored',
    within(async ({ store }) => {
      const stored = await store.transaction((tx) => tx.insertEpisode(anEpisode()))
      expect(await store.transaction((tx) => tx.episode(stored.id))).toEqual(stored)
    }),
  )

  test(
    'leaves nothing behind when the work throws, jobs included',
    within(async ({ store, jobs }) => {
      const failing = store.transaction(async (tx) => {
        await tx.insertEpisode(anEpisode())
        await tx.enqueue('evaluate-alert', 'e1')
        await tx.touchHeartbeat('Watchdog', AT)
        throw new Error('the work went wrong')
      })
      await expect(failing).rejects.toThrow('the work went wrong')
      expect(await store.transaction((tx) => tx.latestEpisodes(['f1']))).toEqual(new Map())
      expect(await jobs()).toEqual([])
    }),
  )

  test(
    'takes no more statements after one that failed',
    within(async ({ store }) => {
      const swallowing = store.transaction(async (tx) => {
        await tx.insertEpisode(anEpisode())
        await tx.insertEpisode(anEpisode()).catch(() => {})
        await tx.workloadId(aWorkload(), AT)
      })
      await expect(swallowing).rejects.toThrow()
      expect(await store.transaction((tx) => tx.latestEpisodes(['f1']))).toEqual(new Map())
    }),
  )

  test(
    'runs many at once without losing one',
    within(async ({ store }) => {
      const names = Array.from({ length: 20 }, (_, index) => `f${index}`)
      await Promise.all(names.map((fingerprint) => store.transaction((tx) => tx.insertEpisode(anEpisode({ fingerprint })))))
      expect((await store.transaction((tx) => tx.latestEpisodes(names))).size).toBe(20)
    }),
  )

  test(
    'answers a ping',
    within(async ({ store }) => {
      await expect(store.ping()).resolves.toBeUndefined()
    }),
  )
}
