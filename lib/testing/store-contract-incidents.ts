import { expect, test } from 'vitest'
import type { NewIncident } from '../ports.ts'
import { AT, aDecision, aRollback, aWorkload, insertRollback } from './new-rows.ts'
import { expectConflict, type Within } from './store-under-test.ts'

const opening = (workloadId: string): NewIncident => ({ workloadId, openedAt: AT, startedAt: AT - 60_000, startedAtSource: 'active_at' })

export function incidentCases(within: Within): void {
  test(
    'an incident comes back with the name of its workload',
    within(async ({ store }) => {
      const { incident, open, workloadId } = await store.transaction(async (tx) => {
        const workloadId = await tx.workloadId(aWorkload(), AT)
        const incident = await tx.insertIncident(opening(workloadId))
        return { workloadId, incident, open: await tx.openIncident(workloadId) }
      })
      const expected = { ...opening(workloadId), id: incident.id, version: 1, workload: aWorkload(), closedAt: null, outcome: null }
      expect(incident).toEqual(expected)
      expect(open).toEqual(incident)
      expect(await store.transaction((tx) => tx.incident(incident.id))).toEqual(incident)
    }),
  )

  test(
    'a workload has one open incident at most, and a new one once it is closed',
    within(async ({ store }) => {
      const workloadId = await store.transaction((tx) => tx.workloadId(aWorkload(), AT))
      const first = await store.transaction((tx) => tx.insertIncident(opening(workloadId)))
      await expectConflict(store, (tx) => tx.insertIncident(opening(workloadId)), /incident.*open/)
      const changes = { closedAt: AT + 1, outcome: 'rolled_back' } as const
      const [won, lost] = await store.transaction(async (tx) => [
        await tx.updateIncident(first.id, 1, changes),
        await tx.updateIncident(first.id, 1, changes),
      ])
      expect([won, lost]).toEqual([true, false])
      expect(await store.transaction((tx) => tx.openIncident(workloadId))).toBeNull()
      expect(await store.transaction((tx) => tx.incident(first.id))).toEqual({ ...first, ...changes, version: 2 })
      await store.transaction((tx) => tx.insertIncident(opening(workloadId)))
    }),
  )

  test(
    'rollbacks of an incident come in the order of their opening',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const workloadId = await tx.workloadId(aWorkload(), AT)
        const { id: incidentId } = await tx.insertIncident(opening(workloadId))
        const late = await insertRollback(tx, { incidentId, workloadId, openedAt: AT + 9 })
        const early = await insertRollback(tx, { incidentId, workloadId, phase: 'proposed' })
        return { expected: [early, late], stored: await tx.rollbacksOfIncident(incidentId) }
      })
      expect(found.stored).toEqual(found.expected)
    }),
  )

  test(
    'one decision leads to one rollback',
    within(async ({ store }) => {
      const workloadId = await store.transaction((tx) => tx.workloadId(aWorkload(), AT))
      const decisionId = await store.transaction((tx) => tx.insertDecision(aDecision({ workloadId })))
      const ended = { phase: 'aborted' } as const
      await store.transaction((tx) => tx.insertRollback(aRollback({ workloadId, decisionId, ...ended })))
      await expectConflict(store, (tx) => tx.insertRollback(aRollback({ workloadId, decisionId, ...ended })), /decision/)
    }),
  )
}
