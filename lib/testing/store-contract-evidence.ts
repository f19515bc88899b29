import { expect, test } from 'vitest'
import type { Evidence } from '../core/evidence.ts'
import { AT, aRevision, aWorkload, insertRollback } from './new-rows.ts'
import type { Within } from './store-under-test.ts'

export function someEvidence(overrides: Partial<Evidence> = {}): Evidence {
  return {
    revision: aRevision({ number: 2 }),
    target: aRevision(),
    seenAt: AT,
    podCount: 2,
    readyCount: 1,
    pods: [
      {
        ...{ name: 'checkout-1', node: 'node-1', ready: false, restarts: 3, reason: 'CrashLoopBackOff' },
        events: [{ type: 'Warning', reason: 'BackOff', message: 'restarting failed container', count: 7, lastSeenAt: AT }],
        logs: { container: 'main', previous: true, lines: ['panic: no pool'] },
      },
    ],
    diff: [
      {
        ...{ path: 'spec.containers[main].image', kind: 'image', container: 'main' },
        ...{ before: 'shop/checkout:2', after: 'shop/checkout:1', masked: false, volatile: false },
      },
    ],
    ...overrides,
  }
}

export function evidenceCases(within: Within): void {
  test(
    'what was seen comes back, the later look in place of the one before',
    within(async ({ store }) => {
      const of = await store.transaction(async (tx) => {
        const workloadId = await tx.workloadId(aWorkload(), AT)
        const { id } = await tx.insertIncident({ workloadId, openedAt: AT, startedAt: AT, startedAtSource: 'active_at' })
        return { incidentId: id }
      })
      const look = (evidence: Evidence) => store.transaction((tx) => tx.saveEvidence(of, evidence))
      await look(someEvidence())
      await look(someEvidence({ seenAt: AT + 1 }))
      await look(someEvidence({ revision: aRevision({ number: 7 }) }))
      const read = (uid: string) => store.transaction((tx) => tx.evidence(of, uid))
      expect(await read('rs-2')).toEqual(someEvidence({ seenAt: AT + 1 }))
      expect(await read('rs-7')).toEqual(someEvidence({ revision: aRevision({ number: 7 }) }))
      expect(await read('rs-9')).toBeNull()
    }),
  )

  test(
    'of a rollback without an incident it belongs to the rollback',
    within(async ({ store }) => {
      const { id: rollbackId } = await store.transaction((tx) => insertRollback(tx))
      await store.transaction((tx) => tx.saveEvidence({ rollbackId }, someEvidence()))
      expect(await store.transaction((tx) => tx.evidence({ rollbackId }, 'rs-2'))).toEqual(someEvidence())
    }),
  )

  test(
    'two looks at once are put together one after the other: none is lost',
    within(async ({ store }) => {
      const { id: rollbackId } = await store.transaction((tx) => insertRollback(tx))
      const add = () =>
        store.transaction(async (tx) => {
          const known = await tx.evidence({ rollbackId }, 'rs-2')
          await tx.saveEvidence({ rollbackId }, someEvidence({ podCount: (known?.podCount ?? 0) + 1 }))
        })
      await Promise.all([add(), add(), add()])
      expect((await store.transaction((tx) => tx.evidence({ rollbackId }, 'rs-2')))?.podCount).toBe(3)
    }),
  )
}
