import { beforeEach, expect, it } from 'vitest'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld } from '../testing/engine-world.ts'
import { advanceRollback } from './advance-rollback.ts'
import { takesOverAt } from './handover.ts'
import { requestRollback } from './request-rollback.ts'

let world: EngineWorld
beforeEach(async () => {
  world = await badDeployWorld()
})

/** When the queue works on the rollback, after now. */
const waits = () => {
  const job = world.store.tables.jobs.find(({ job, id }) => job === 'advance-rollback' && id === world.rollback.id)
  return (job?.runAt ?? Number.NaN) - world.now
}

it('leaves a rollback that an alert opened to whoever opened it: the queue would take the same step beside it', async () => {
  await world.deliver({ labels: CHECKOUT })
  expect(waits()).toBe(2_000)
})

it('leaves the next step to whoever took the last one', async () => {
  await world.deliver({ labels: CHECKOUT })
  world.store.takeJobs(Number.POSITIVE_INFINITY)
  world.atPoint = (point) => {
    if (point !== 'undoing-stored') return
    expect(waits()).toBe(2_000)
    throw new Error('killed')
  }
  await expect(advanceRollback(world.deps, world.rollback.id)).rejects.toThrow('killed')
  expect(world.rollback.phase).toBe('undoing')
})

it('gives a rollback by hand to the queue at once: whoever asked for it only answers', async () => {
  const workload = { namespace: 'edgelink', kind: 'Deployment' as const, name: 'checkout' }
  await requestRollback(world.deps, { caller: CALLER, workload, toRevisionUid: null, reason: 'broken', condemn: false })
  expect(waits()).toBe(0)
})

it('puts nothing off that is for later anyway', () => {
  expect([takesOverAt(5_000, 4_000), takesOverAt(4_000, 4_000), takesOverAt(1_000, 4_000)]).toEqual([5_000, 6_000, 6_000])
})
