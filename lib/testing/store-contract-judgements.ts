import { expect, test } from 'vitest'
import type { WorkloadFacts } from '../core/decision.ts'
import type { NewDecision, Tx } from '../ports.ts'
import { AT, aDecision, anEpisode, aRevision, aWorkload, insertRollback } from './new-rows.ts'
import type { Within } from './store-under-test.ts'

const ADA = { kind: 'user' as const, id: 'u1', name: 'ada@example.test' }
const WRONG = { judgement: 'wrong' as const, note: 'it was the database', actor: ADA, judgedAt: AT + 1 }
const RIGHT = { judgement: 'right' as const, note: null, actor: ADA, judgedAt: AT + 2 }

/** A simulation that blamed revision 3. */
async function blaming(tx: Tx, overrides: Partial<NewDecision> = {}): Promise<{ id: string; workloadId: string }> {
  const workloadId = await tx.workloadId(aWorkload(), AT)
  const facts = { ...aDecision().facts, workload: { current: aRevision({ number: 3 }) } as WorkloadFacts }
  return { workloadId, id: await tx.insertDecision(aDecision({ workloadId, effect: 'simulate', facts, ...overrides })) }
}

export function judgementCases(within: Within): void {
  test(
    'a decision is read without its facts, with the rollback that it led to and what people say of it',
    within(async ({ store }) => {
      const rollback = await store.transaction((tx) => insertRollback(tx))
      const { facts: _facts, ...draft } = aDecision({ workloadId: rollback.workloadId })
      const read = () => store.transaction((tx) => tx.decision(rollback.decisionId))
      const expected = { ...draft, id: rollback.decisionId, workload: aWorkload(), rollbackId: rollback.id, judgement: null }
      expect(await read()).toEqual(expected)
      await store.transaction((tx) => tx.saveJudgement(rollback.decisionId, 0, WRONG))
      expect(await read()).toEqual({ ...expected, judgement: { ...WRONG, version: 1 } })
    }),
  )

  test(
    'of a decision that is not there nothing is read',
    within(async ({ store }) => {
      for (const id of ['00000000-0000-7000-8000-00000000ffff', 'no-id']) {
        expect(await store.transaction((tx) => tx.decision(id))).toBeNull()
      }
    }),
  )

  test(
    'a judgement is saved only on the version that was seen, as a whole',
    within(async ({ store }) => {
      const saved = await store.transaction(async (tx) => {
        const { id } = await blaming(tx)
        return [
          await tx.saveJudgement(id, 1, RIGHT),
          await tx.saveJudgement(id, 0, WRONG),
          await tx.saveJudgement(id, 0, RIGHT),
          await tx.saveJudgement(id, 1, RIGHT),
          (await tx.decision(id))?.judgement,
        ]
      })
      const second = { ...RIGHT, version: 2 }
      expect(saved).toEqual([null, { ...WRONG, version: 1 }, null, second, second])
    }),
  )

  test(
    'a wrong decision says why',
    within(async ({ store }) => {
      const { id } = await store.transaction((tx) => blaming(tx))
      await expect(store.transaction((tx) => tx.saveJudgement(id, 0, { ...WRONG, note: null }))).rejects.toThrow()
    }),
  )

  test(
    'a revision that was blamed wrongly is blamed no longer, by nothing that the same alert said of it',
    within(async ({ store }) => {
      const blamed = await store.transaction(async (tx) => {
        const { id: episodeId } = await tx.insertEpisode(anEpisode())
        const { id, workloadId } = await blaming(tx, { episodeId })
        await blaming(tx, { episodeId, decidedAt: AT + 15_000 })
        const before = await tx.blamedRevisions(workloadId, ['rs-3'])
        await tx.saveJudgement(id, 0, RIGHT)
        const judgedRight = await tx.blamedRevisions(workloadId, ['rs-3'])
        await tx.saveJudgement(id, 1, WRONG)
        return [before, judgedRight, await tx.blamedRevisions(workloadId, ['rs-3'])]
      })
      expect(blamed).toEqual([new Set(['rs-3']), new Set(['rs-3']), new Set()])
    }),
  )

  test(
    'another alert that blamed the same revision still does',
    within(async ({ store }) => {
      const blamed = await store.transaction(async (tx) => {
        const one = await tx.insertEpisode(anEpisode({ fingerprint: 'one' }))
        const other = await tx.insertEpisode(anEpisode({ fingerprint: 'other' }))
        const { id, workloadId } = await blaming(tx, { episodeId: one.id })
        await blaming(tx, { episodeId: other.id })
        await tx.saveJudgement(id, 0, WRONG)
        return tx.blamedRevisions(workloadId, ['rs-3'])
      })
      expect(blamed).toEqual(new Set(['rs-3']))
    }),
  )

  test(
    'a condemnation can be taken back only by the rollback that it came of, where that is asked',
    within(async ({ store }) => {
      const taken = await store.transaction(async (tx) => {
        const first = await insertRollback(tx, { phase: 'succeeded' })
        const second = await insertRollback(tx)
        const { workloadId } = first
        const condemned = { workloadId, materialFingerprint: 'material-2', images: [], at: AT }
        await tx.condemn({ ...condemned, rollbackId: first.id })
        const of = { workloadId, materialFingerprint: 'material-2', at: AT + 1 }
        return [
          await tx.takeBackCondemnation({ ...of, rollbackId: second.id }),
          (await tx.condemnedOf(workloadId)).size,
          (await tx.takeBackCondemnation({ ...of, rollbackId: first.id }))?.rollbackId === first.id,
          (await tx.condemnedOf(workloadId)).size,
        ]
      })
      expect(taken).toEqual([null, 1, true, 0])
    }),
  )
}
