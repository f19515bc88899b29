import { expect, test } from 'vitest'
import type { WorkloadFacts } from '../core/decision.ts'
import type { NewDecision, NewIncident } from '../ports.ts'
import { AT, aDecision, aRevision, aRollback, aWorkload, insertRollback } from './new-rows.ts'
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
    'incidents that began in a time are found, closed ones too, with their workloads',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        for (const [name, startedAt] of [
          ['late', AT + 3],
          ['first', AT + 1],
          ['last', AT + 2],
          ['early', AT],
        ] as const) {
          const incident = await tx.insertIncident({ ...opening(await tx.workloadId(aWorkload(name), AT)), startedAt })
          if (name === 'first') await tx.updateIncident(incident.id, 1, { closedAt: AT + 9, outcome: 'rolled_back' })
        }
        return tx.incidentsBegun(AT + 1, AT + 2)
      })
      expect(found).toEqual([
        { workload: aWorkload('first'), startedAt: AT + 1 },
        { workload: aWorkload('last'), startedAt: AT + 2 },
      ])
    }),
  )

  test(
    'a revision is blamed by an alert that would have rolled it back, and not when that was done: then it is condemned',
    within(async ({ store }) => {
      const current = (number: number) => ({
        facts: { ...aDecision().facts, workload: { current: aRevision({ number }) } as WorkloadFacts },
      })
      const blamed = await store.transaction(async (tx) => {
        const workloadId = await tx.workloadId(aWorkload(), AT)
        const decisions: Partial<NewDecision>[] = [
          { effect: 'simulate', ...current(1) },
          { effect: 'propose', ...current(2) },
          { effect: 'none', reason: 'cooling_down', ...current(3) },
          { effect: 'act', ...current(4) },
          { effect: 'none', reason: 'rollback_open', ...current(5) },
          { effect: 'none', verdict: 'hold', reason: 'older_than_deploy', ...current(6) },
          { effect: 'simulate', trigger: 'person', ...current(7) },
        ]
        for (const one of decisions) await tx.insertDecision(aDecision({ workloadId, ...one }))
        await tx.insertDecision(aDecision({ workloadId: await tx.workloadId(aWorkload('other'), AT), effect: 'simulate', ...current(8) }))
        const uids = Array.from({ length: 9 }, (_, index) => `rs-${index}`)
        return [
          await tx.blamedRevisions(workloadId, uids),
          await tx.blamedRevisions(workloadId, ['rs-2', 'rs-6']),
          await tx.blamedRevisions(workloadId, []),
        ]
      })
      expect(blamed).toEqual([new Set(['rs-1', 'rs-2', 'rs-3']), new Set(['rs-2']), new Set()])
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
