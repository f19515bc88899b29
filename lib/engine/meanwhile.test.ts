import { expect, it } from 'vitest'
import type { Deps, Store, Tx } from '../ports.ts'
import { badDeployWorld, CALLER, CHECKOUT, SECOND } from '../testing/engine-world.ts'
import { advanceRollback } from './advance-rollback.ts'
import { pauseAutomation, resumeAutomation } from './change-control.ts'
import { evaluateAlert } from './evaluate-alert.ts'
import { ingestAlerts } from './ingest-alerts.ts'

/** The same store, with something of another transaction committed just before one of ours calls `name` for the first time. */
function meanwhile(store: Store, name: 'openIncident' | 'updateEpisode', happens: (tx: Tx) => Promise<unknown>): Store {
  let isOver = false
  return {
    ping: () => store.ping(),
    transaction: (work) =>
      store.transaction((tx) => {
        const once = async (...args: unknown[]) => {
          if (!isOver) {
            isOver = true
            await happens(tx)
          }
          return (tx[name] as (...given: unknown[]) => unknown)(...args)
        }
        return work({ ...tx, [name]: once } as Tx)
      }),
  }
}

it('an alert whose rollback ends while it is decided is not held by that rollback for good', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  const { id } = world.rollback
  const second = world.alert({ labels: { ...CHECKOUT, alertname: 'HighLatency' } })
  const { due } = await ingestAlerts(world.deps, { alerts: [second], rejected: [], truncated: 0 })
  const store = meanwhile(world.store, 'openIncident', (tx) =>
    tx.updateRollback(id, 1, { phase: 'failed', outcome: { reason: 'target_gone', detail: null }, endedAt: world.now, nextStepAt: null }),
  )
  const deciding = evaluateAlert({ ...world.deps, store } as Deps, due[0] ?? '')
  await expect(deciding).rejects.toMatchObject({ code: 'conflict' })
  expect(world.store.tables.decisions.map(({ reason }) => reason)).toEqual(['deploy_explains_it'])
})

it('an alert that is delivered again while its rollback is stopped is asked again all the same', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  const [episode] = world.store.tables.episodes
  const CLUSTER = { level: 'cluster' } as const
  await pauseAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'stop', until: null, version: null })
  // As the other half of an HA pair does: an earlier startsAt.
  const store = meanwhile(world.store, 'updateEpisode', (tx) =>
    tx.updateEpisode(episode?.id ?? '', episode?.version ?? 0, { startsAt: world.now - SECOND }),
  )
  await advanceRollback({ ...world.deps, store } as Deps, world.rollback.id)
  expect(world.rollback).toMatchObject({ phase: 'aborted', outcome: { reason: 'paused' } })
  await world.pass(SECOND)
  await resumeAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'go', version: null })
  await world.pass(5 * SECOND)
  expect(world.store.tables.rollbacks).toHaveLength(2)
})
