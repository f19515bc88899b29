import { expect, test } from 'vitest'
import { hasEnded, PHASES, type Phase, type Rollback } from '../core/rollback.ts'
import type { Store } from '../ports.ts'
import { AT, aClosing, aRevision, aWorkload, insertRollback } from './new-rows.ts'
import { expectConflict, type Within } from './store-under-test.ts'

export function rollbackCases(within: Within): void {
  test(
    'a rollback comes back as it was stored',
    within(async ({ store }) => {
      const stored = await store.transaction((tx) => insertRollback(tx, { expiresAt: AT + 1, generation: 2 ** 40 }))
      expect(stored).toMatchObject({ version: 1, workload: aWorkload(), generation: 2 ** 40, expiresAt: AT + 1, verification: null })
      expect(stored.clocks).toMatchObject({ startedAt: AT - 60_000, startedAtSource: 'active_at', undoneAt: null })
      expect(await store.transaction((tx) => tx.rollback(stored.id))).toEqual(stored)
    }),
  )

  test(
    'a workload has one open rollback at most, and one proposal beside it',
    within(async ({ store }) => {
      await store.transaction((tx) => insertRollback(tx))
      await expectConflict(store, (tx) => insertRollback(tx, { phase: 'verifying' }), /rollback.*open/)
      await store.transaction((tx) => insertRollback(tx, { phase: 'proposed' }))
      await expectConflict(store, (tx) => insertRollback(tx, { phase: 'proposed' }), /rollback.*proposed/)
      await store.transaction((tx) => insertRollback(tx, { name: 'another' }))
    }),
  )

  test(
    'a proposal cannot become open beside one that is',
    within(async ({ store }) => {
      const { open, proposal } = await store.transaction(async (tx) => ({
        open: await insertRollback(tx),
        proposal: await insertRollback(tx, { phase: 'proposed' }),
      }))
      await expectConflict(store, (tx) => tx.updateRollback(proposal.id, 1, { phase: 'pending' }), /rollback.*open/)
      const found = await store.transaction(async (tx) => [await tx.openRollbackOf(open.workloadId), await tx.proposalOf(open.workloadId)])
      expect(found).toEqual([open, proposal])
    }),
  )

  test(
    'an update is guarded by the version and stores every field',
    within(async ({ store }) => {
      const before = await store.transaction((tx) => insertRollback(tx))
      const changes: Partial<Rollback> = {
        phase: 'succeeded',
        generation: 8,
        clocks: { ...before.clocks, undoneAt: AT + 1, restoredAt: AT + 2, mitigatedAt: AT + 3, verifiedAt: AT + 4 },
        phaseSince: AT + 5,
        nextStepAt: null,
        verification: { restartBaseline: { 'pod-a': 2 }, stretch: null, reading: null, seen: null },
        outcome: { reason: 'healthy_for_bake_time', detail: null },
        endedAt: AT + 6,
      }
      const [won, lost] = await store.transaction(async (tx) => [
        await tx.updateRollback(before.id, 1, changes),
        await tx.updateRollback(before.id, 1, { phase: 'failed' }),
      ])
      expect([won, lost]).toEqual([true, false])
      expect(await store.transaction((tx) => tx.rollback(before.id))).toEqual({ ...before, ...changes, version: 2 })
    }),
  )

  test(
    'dry run, an outcome in words and an emptied verification are stored too',
    within(async ({ store }) => {
      const verification = { restartBaseline: {}, stretch: null, reading: null, seen: null }
      const before = await store.transaction((tx) => insertRollback(tx, { verification }))
      const outcome = { reason: 'patch_refused', detail: 'the server said: no' } as const
      const changes = { phase: 'failed', dryRun: true, verification: null, outcome, nextStepAt: null, endedAt: AT } as const
      await store.transaction((tx) => tx.updateRollback(before.id, 1, changes))
      expect(await store.transaction((tx) => tx.rollback(before.id))).toEqual({ ...before, ...changes, version: 2 })
    }),
  )

  test.each<[string, Partial<Rollback>]>([
    ['an end without an outcome', { phase: 'failed', endedAt: AT, nextStepAt: null, outcome: null }],
    ['an end that is due again', { phase: 'failed', endedAt: AT, nextStepAt: AT, outcome: { reason: 'paused', detail: null } }],
    ['a phase that says it has ended, without an end', { phase: 'failed' }],
    ['a dry run that changed something', { dryRun: true, phase: 'progressing' }],
  ])('%s is refused', (_, changes) =>
    within(async ({ store }) => {
      const before = await store.transaction((tx) => insertRollback(tx))
      await expect(store.transaction((tx) => tx.updateRollback(before.id, 1, changes))).rejects.toThrow()
      expect(await store.transaction((tx) => tx.rollback(before.id))).toEqual(before)
    })(),
  )

  const starting: readonly Phase[] = ['succeeded', 'unverified', 'failed', 'superseded', 'simulated']
  test.each(PHASES)('%s starts a cooldown only if something was done or simulated', (phase) =>
    within(async ({ store }) => {
      const { workloadId } = await store.transaction((tx) => insertRollback(tx, { phase, ...(hasEnded(phase) ? { endedAt: AT + 3 } : {}) }))
      const endedAt = await store.transaction((tx) => tx.lastRollbackEndedAt(workloadId))
      expect(endedAt).toBe(starting.includes(phase) ? AT + 3 : null)
    })(),
  )

  test(
    'the cooldown counts from the last end',
    within(async ({ store }) => {
      const workloadId = await store.transaction(async (tx) => {
        await insertRollback(tx, { phase: 'failed', endedAt: AT + 9 })
        await insertRollback(tx, { phase: 'aborted', endedAt: AT + 20 })
        await insertRollback(tx, { name: 'other', phase: 'failed', endedAt: AT + 30 })
        return (await insertRollback(tx, { phase: 'succeeded', endedAt: AT + 4 })).workloadId
      })
      expect(await store.transaction((tx) => tx.lastRollbackEndedAt(workloadId))).toBe(AT + 9)
    }),
  )

  test(
    'the last success is the last end of a rollback that healed',
    within(async ({ store }) => {
      const ends = await store.transaction(async (tx) => {
        const { workloadId } = await insertRollback(tx, { phase: 'failed', endedAt: AT + 9 })
        const before = await tx.lastSucceededAt(workloadId)
        await insertRollback(tx, { phase: 'succeeded', endedAt: AT + 4 })
        await insertRollback(tx, { phase: 'succeeded', endedAt: AT + 2 })
        return [before, await tx.lastSucceededAt(workloadId)]
      })
      expect(ends).toEqual([null, AT + 4])
    }),
  )

  test(
    'a revision was rolled back to only by an undo that happened',
    within(async ({ store }) => {
      const { clocks, workloadId } = await store.transaction((tx) => insertRollback(tx, { phase: 'aborted', to: aRevision({ number: 4 }) }))
      const undone = { ...clocks, undoneAt: AT }
      const answers = await store.transaction(async (tx) => {
        await insertRollback(tx, { phase: 'succeeded', clocks: undone, to: aRevision({ number: 5 }) })
        await insertRollback(tx, { phase: 'simulated', to: aRevision({ number: 6 }) })
        return Promise.all([4, 5, 6].map((number) => tx.wasRolledBackTo(workloadId, `rs-${number}`)))
      })
      expect(answers).toEqual([false, true, false])
    }),
  )

  const spending: readonly Phase[] = ['pending', 'undoing', 'progressing', 'verifying', 'succeeded', 'unverified', 'failed', 'superseded']
  test.each(PHASES)('%s spends budget only if it acts', (phase) =>
    within(async ({ store }) => {
      const acted = await store.transaction(async (tx) => {
        await insertRollback(tx, { phase })
        return tx.actedSince(AT - 1)
      })
      expect(acted.map(({ at }) => at)).toEqual(spending.includes(phase) ? [AT] : [])
    })(),
  )

  test(
    'budget is spent by alerts in the whole cluster, oldest first: not by hand, not in dry run, not before the window',
    within(async ({ store }) => {
      const acted = await store.transaction(async (tx) => {
        await insertRollback(tx, { name: 'late', openedAt: AT + 9 })
        await insertRollback(tx, { name: 'early', openedAt: AT + 1 })
        await insertRollback(tx, { name: 'before', openedAt: AT })
        await insertRollback(tx, { name: 'hand', openedAt: AT + 2, trigger: 'person' })
        await insertRollback(tx, { name: 'dry', openedAt: AT + 3, phase: 'pending', dryRun: true })
        return tx.actedSince(AT)
      })
      expect(acted.map(({ at }) => at)).toEqual([AT + 1, AT + 9])
    }),
  )

  test(
    'budget is not spent by what was let off when the breaker was closed, by name and not by time',
    within(async ({ store }) => {
      const { before, left } = await store.transaction(async (tx) => {
        const letOff = await insertRollback(tx, { name: 'let-off' })
        const left = await insertRollback(tx, { name: 'at-the-same-time' })
        const before = await tx.actedSince(AT - 1)
        const { version } = await tx.control('update')
        await tx.closeBreaker(version, aClosing({ rollbacks: [{ id: letOff.id, at: AT }] }))
        return { before, left }
      })
      expect(before).toHaveLength(2)
      expect(await store.transaction((tx) => tx.actedSince(AT - 1))).toEqual([{ id: left.id, at: AT }])
    }),
  )

  test(
    'due rollbacks come longest overdue first, no more than asked for',
    within(async ({ store }) => {
      const [now, long, short] = [await due(store, 'a', AT), await due(store, 'b', AT - 10), await due(store, 'c', AT - 5)]
      await due(store, 'd', AT + 1)
      await due(store, 'e', null)
      expect(await store.transaction((tx) => tx.dueRollbacks(AT, 10))).toEqual([long, short, now])
      expect(await store.transaction((tx) => tx.dueRollbacks(AT, 1))).toEqual([long])
    }),
  )

  test(
    'under way is what a pause cannot stop any more: sent and not over, simulations left out',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        for (const phase of PHASES) await insertRollback(tx, { name: phase, phase })
        await insertRollback(tx, { name: 'dry', phase: 'undoing', dryRun: true })
        return tx.rollbacksUnderWay()
      })
      expect(found.map(({ phase }) => phase).sort()).toEqual(['progressing', 'undoing', 'verifying'])
    }),
  )
}

async function due(store: Store, name: string, nextStepAt: number | null): Promise<string> {
  return (await store.transaction((tx) => insertRollback(tx, { name, nextStepAt }))).id
}
