import { describe, expect, test } from 'vitest'
import { FakeStore } from './fake-store.ts'
import { AT, anEpisode } from './new-rows.ts'
import { storeContract } from './store-contract.ts'

describe('the store in memory', () => {
  storeContract(async () => {
    const store = new FakeStore(() => AT)
    return { store, jobs: async () => [...store.jobs], close: async () => {} }
  })

  test('answers as a stopped database does while it is away, and forgets nothing', async () => {
    const store = new FakeStore(() => AT)
    await store.transaction((tx) => tx.insertEpisode(anEpisode()))
    store.isAway = true
    await expect(store.ping()).rejects.toMatchObject({ code: 'storage_unavailable', upstream: 'postgres' })
    await expect(store.transaction((tx) => tx.control())).rejects.toMatchObject({ code: 'storage_unavailable' })
    store.isAway = false
    expect((await store.transaction((tx) => tx.latestEpisodes(['f1']))).size).toBe(1)
  })

  test('loses a transaction that the database left in the middle of', async () => {
    const store = new FakeStore(() => AT)
    const cut = store.transaction(async (tx) => {
      await tx.insertEpisode(anEpisode())
      store.isAway = true
    })
    await expect(cut).rejects.toMatchObject({ code: 'storage_unavailable' })
    store.isAway = false
    expect((await store.transaction((tx) => tx.latestEpisodes(['f1']))).size).toBe(0)
  })

  test('hands out the jobs that are due, once', async () => {
    const store = new FakeStore(() => AT)
    await store.transaction(async (tx) => {
      await tx.enqueue('evaluate-alert', 'now')
      await tx.enqueue('evaluate-alert', 'due', AT)
      await tx.enqueue('evaluate-alert', 'later', AT + 1)
    })
    expect(store.takeJobs(AT).map(({ id }) => id)).toEqual(['now', 'due'])
    expect(store.takeJobs(AT)).toEqual([])
    expect(store.jobs.map(({ id }) => id)).toEqual(['later'])
  })

  test('changing a row that was read changes nothing stored', async () => {
    const store = new FakeStore(() => AT)
    const control = await store.transaction((tx) => tx.control())
    Object.assign(control, { enabled: false })
    expect((await store.transaction((tx) => tx.control())).enabled).toBe(true)
  })
})
