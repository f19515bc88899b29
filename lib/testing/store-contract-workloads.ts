import { expect, test } from 'vitest'
import type { Deploy } from '../core/deploy.ts'
import type { Store } from '../ports.ts'
import { AT, aDeploy, aRevision, aWorkload, insertRollback } from './new-rows.ts'
import type { Within } from './store-under-test.ts'

export function workloadCases(within: Within): void {
  test(
    'a workload keeps the id of its first sight',
    within(async ({ store }) => {
      const ids = await store.transaction(async (tx) => [
        await tx.workloadId(aWorkload(), AT),
        await tx.workloadId(aWorkload(), AT + 1),
        await tx.workloadId({ ...aWorkload(), namespace: 'elsewhere' }, AT),
      ])
      expect(ids[1]).toBe(ids[0])
      expect(ids[2]).not.toBe(ids[0])
    }),
  )

  test(
    'replicas that see a workload at the same time make one',
    within(async ({ store }) => {
      const ids = await Promise.all(Array.from({ length: 8 }, () => store.transaction((tx) => tx.workloadId(aWorkload('busy'), AT))))
      expect(new Set(ids).size).toBe(1)
    }),
  )

  test(
    'a deploy comes back as it was recorded',
    within(async ({ store }) => {
      const [deploy, recorded] = await record(store, [{ revision: aRevision({ images: ['a:1', 'b@sha256:00'] }), completedAt: AT + 9 }])
      expect(recorded).toEqual([deploy])
    }),
  )

  test.each<[string, Partial<Deploy>[], Partial<Deploy>]>([
    [
      'the earliest watched time stays, and the earliest completion',
      [
        { deployedAt: AT, completedAt: AT + 60 },
        { deployedAt: AT - 3, completedAt: AT + 50 },
        { deployedAt: AT + 3, completedAt: AT + 70 },
      ],
      { deployedAt: AT - 3, completedAt: AT + 50, source: 'watched' },
    ],
    [
      'what nobody saw complete is filled in later, and not forgotten again',
      [{ completedAt: null }, { completedAt: AT + 60 }, { completedAt: null }],
      { completedAt: AT + 60 },
    ],
    [
      'a watched time replaces the creation of a ReplicaSet, which may be far too old',
      [
        { deployedAt: AT - 1_000, source: 'replica_set' },
        { deployedAt: AT, source: 'watched' },
      ],
      { deployedAt: AT, source: 'watched' },
    ],
    [
      'a replica that starts later does not undo what another has watched',
      [
        { deployedAt: AT, source: 'watched' },
        { deployedAt: AT - 1_000, source: 'replica_set', completedAt: AT + 2 },
      ],
      { deployedAt: AT, source: 'watched', completedAt: AT + 2 },
    ],
    [
      'as long as nobody has watched, the earliest creation stands in',
      [
        { deployedAt: AT, source: 'replica_set' },
        { deployedAt: AT - 5, source: 'replica_set' },
      ],
      { deployedAt: AT - 5, source: 'replica_set' },
    ],
  ])('%s', (_, observations, expected) =>
    within(async ({ store }) => {
      const [, recorded] = await record(store, observations)
      expect(recorded).toHaveLength(1)
      expect(recorded[0]).toMatchObject(expected)
    })(),
  )

  test(
    'deploys come newest first: by number within a Deployment, since a reused ReplicaSet is older than those between',
    within(async ({ store }) => {
      const [, recorded] = await record(store, [
        { deploymentUid: 'first', revision: aRevision({ number: 9 }), deployedAt: AT - 1_000 },
        { deploymentUid: 'second', revision: aRevision({ number: 1 }), deployedAt: AT - 500 },
        { deploymentUid: 'second', revision: aRevision({ number: 2 }), deployedAt: AT },
        { deploymentUid: 'second', revision: aRevision({ number: 3 }), deployedAt: AT - 2_000, source: 'replica_set' },
      ])
      expect(recorded.map((one) => `${one.deploymentUid} ${one.revision.number}`)).toEqual(['second 3', 'second 2', 'second 1', 'first 9'])
    }),
  )

  test(
    'a condemned template is remembered once for its workload only',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const { id: rollbackId, workloadId } = await insertRollback(tx)
        const other = await tx.workloadId(aWorkload('other'), AT)
        const condemnation = { workloadId, materialFingerprint: 'm', rollbackId, images: ['a:2'], at: AT }
        await tx.condemn(condemnation)
        await tx.condemn({ ...condemnation, at: AT + 1 })
        return [await tx.condemnedOf(workloadId), await tx.condemnedOf(other)]
      })
      expect(found).toEqual([new Set(['m']), new Set()])
    }),
  )

  test(
    'a condemnation is taken back once, for its workload only, and may come again',
    within(async ({ store }) => {
      const { rollbackId, workloadId, other } = await store.transaction(async (tx) => {
        const rollback = await insertRollback(tx)
        await tx.condemn({ workloadId: rollback.workloadId, materialFingerprint: 'm', rollbackId: rollback.id, images: ['a:2'], at: AT })
        return { rollbackId: rollback.id, workloadId: rollback.workloadId, other: await tx.workloadId(aWorkload('other'), AT) }
      })
      const takeBack = (id: string) =>
        store.transaction((tx) => tx.takeBackCondemnation({ workloadId: id, materialFingerprint: 'm', at: AT + 9 }))
      expect(await takeBack(other)).toBeNull()
      const answers = await Promise.all([takeBack(workloadId), takeBack(workloadId)])
      expect(answers.filter((one) => one !== null)).toEqual([{ materialFingerprint: 'm', images: ['a:2'], rollbackId, condemnedAt: AT }])
      const again = await store.transaction(async (tx) => {
        const before = await tx.condemnedOf(workloadId)
        await tx.condemn({ workloadId, materialFingerprint: 'm', rollbackId, images: ['a:2'], at: AT + 20 })
        return [before, await tx.condemnedOf(workloadId)]
      })
      expect(again).toEqual([new Set(), new Set(['m'])])
    }),
  )
}

/** Records the observations of one workload in transactions of their own, as replicas do. */
async function record(store: Store, observations: readonly Partial<Deploy>[]): Promise<[Deploy, Deploy[]]> {
  const workloadId = await store.transaction((tx) => tx.workloadId(aWorkload(), AT))
  const deploys = observations.map((observation) => aDeploy({ workloadId, ...observation }))
  for (const deploy of deploys) await store.transaction((tx) => tx.recordDeploy(deploy))
  return [deploys[0] as Deploy, await store.transaction((tx) => tx.deploysOf(workloadId))]
}
