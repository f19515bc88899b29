import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReadModel, Tx } from '../../../ports.ts'
import { AT, aDeploy, aRevision, aWorkload, insertRollback } from '../../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../../testing/postgres-store.ts'

const MINUTE = 60_000

let under: PostgresUnderTest
let read: ReadModel
beforeAll(async () => {
  under = await connectTestPostgres()
  read = under.postgres.read
})
beforeEach(() => under.clear())
afterAll(() => under.close())

const store = <T>(work: (tx: Tx) => Promise<T>) => under.postgres.store.transaction(work)

async function deploy(tx: Tx, name: string, deployedAt: number, number = 1, namespace = 'edgelink') {
  const workloadId = await tx.workloadId({ ...aWorkload(name), namespace }, AT)
  const revision = aRevision({ number, images: [`${name}:${number}`] })
  await tx.recordDeploy(aDeploy({ workloadId, deploymentUid: `d-${namespace}-${name}`, revision, deployedAt }))
  return workloadId
}

const open = (tx: Tx, workloadId: string, at: number) =>
  tx.insertIncident({ workloadId, openedAt: at, startedAt: at, startedAtSource: 'active_at' })

test('an incident names the workloads of every namespace that were deployed within ten minutes, with their trouble', async () => {
  const { id, other } = await store(async (tx) => {
    const own = await deploy(tx, 'checkout', AT)
    await deploy(tx, 'checkout', AT - 3 * MINUTE, 0)
    await deploy(tx, 'cart', AT - 2 * MINUTE)
    const ill = await deploy(tx, 'search', AT + 4 * MINUTE, 7, 'elsewhere')
    await deploy(tx, 'long-ago', AT - 11 * MINUTE)
    return { id: (await open(tx, own, AT + MINUTE)).id, other: (await open(tx, ill, AT + 5 * MINUTE)).id }
  })
  const found = (await read.incident(id))?.together
  expect(found).toMatchObject({ deployedAt: AT, leftOut: 0 })
  expect(found?.of.map(({ workload, revision, deployedAt, trouble }) => [workload.name, revision.images, deployedAt, trouble])).toEqual([
    ['search', ['search:7'], AT + 4 * MINUTE, { incidentId: other, isOpen: true }],
    ['cart', ['cart:1'], AT - 2 * MINUTE, null],
  ])
})

test('trouble that was over before, and of another workload, is none of theirs', async () => {
  const id = await store(async (tx) => {
    const cart = await deploy(tx, 'cart', AT)
    const before = await open(tx, cart, AT - 60 * MINUTE)
    await tx.updateIncident(before.id, before.version, { closedAt: AT - 30 * MINUTE, outcome: 'recovered_by_itself' })
    await open(tx, await deploy(tx, 'other', AT - 60 * MINUTE), AT)
    return (await open(tx, await deploy(tx, 'checkout', AT), AT + MINUTE)).id
  })
  expect((await read.incident(id))?.together?.of).toMatchObject([{ workload: { name: 'cart' }, trouble: null }])
})

test('a deploy that nobody recorded was with nobody', async () => {
  const id = await store(async (tx) => {
    await deploy(tx, 'cart', AT)
    return (await open(tx, await tx.workloadId(aWorkload('checkout'), AT), AT + MINUTE)).id
  })
  expect((await read.incident(id))?.together).toBeNull()
})

test('a rollback names those that were deployed with the revision that it rolls away from', async () => {
  const rollback = await store(async (tx) => {
    const made = await insertRollback(tx)
    const workloadId = made.workloadId
    await tx.recordDeploy(aDeploy({ workloadId, deploymentUid: 'd', revision: made.from, deployedAt: made.openedAt - 5 * MINUTE }))
    await deploy(tx, 'cart', made.openedAt - 6 * MINUTE)
    return made
  })
  const found = (await read.rollback(rollback.id))?.together
  expect(found).toMatchObject({ deployedAt: rollback.openedAt - 5 * MINUTE, of: [{ workload: { name: 'cart' } }] })
})
