import { describe, expect, it } from 'vitest'
import type { Store } from '../ports.ts'
import { badDeployWorld, CHECKOUT, type EngineWorld, MINUTE, T0 } from '../testing/engine-world.ts'
import { ingestAlerts } from './ingest-alerts.ts'

async function ingest(world: EngineWorld, alerts: Parameters<EngineWorld['alert']>[0][], truncated = 0) {
  return ingestAlerts(world.deps, { alerts: alerts.map((alert) => world.alert(alert)), rejected: [], truncated })
}

describe('ingesting a delivery', () => {
  it('stores a firing alert and enqueues its work in one transaction', async () => {
    const world = await badDeployWorld()
    const { counts, due } = await ingest(world, [{ labels: CHECKOUT }])
    expect(counts).toMatchObject({ accepted: 1, duplicate: 0, ignored: { count: 0 } })
    expect(world.store.tables.episodes).toMatchObject([{ id: due[0], status: 'firing', nextEvaluationAt: T0 }])
    expect(world.store.jobs).toMatchObject([{ job: 'evaluate-alert', id: due[0] }])
  })

  it('stores nothing and enqueues nothing while the store is away, and says so', async () => {
    const world = await badDeployWorld()
    world.store.isAway = true
    await expect(ingest(world, [{ labels: CHECKOUT }])).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(world.store.tables.episodes).toEqual([])
    expect(world.store.jobs).toEqual([])
  })

  it('changes nothing when the same delivery comes again', async () => {
    const world = await badDeployWorld()
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    const before = structuredClone(world.store.tables)
    world.now += 5_000
    const { counts, due } = await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    expect(counts).toMatchObject({ accepted: 0, duplicate: 1 })
    expect(due).toEqual([])
    expect(world.store.tables).toEqual(before)
  })

  it('takes a startsAt that an HA peer moved for the same episode', async () => {
    const world = await badDeployWorld()
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 + 20_000 }])
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 - 20_000 }])
    expect(world.store.tables.episodes).toMatchObject([{ startsAt: T0 - 20_000 }])
  })

  it('keeps a resolution although an evaluation changed the episode after it was read', async () => {
    const world = await badDeployWorld()
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    let hasEvaluated = false
    const store: Store = {
      ping: () => world.store.ping(),
      transaction: (work) =>
        world.store.transaction((tx) =>
          work({
            ...tx,
            async updateEpisode(id, version, changes) {
              if (!hasEvaluated) await tx.updateEpisode(id, version, { nextEvaluationAt: null })
              hasEvaluated = true
              return tx.updateEpisode(id, version, changes)
            },
          }),
        ),
    }
    const alerts = [world.alert({ labels: CHECKOUT, status: 'resolved', startsAt: T0, endsAt: T0 + MINUTE })]
    const { counts, due } = await ingestAlerts({ ...world.deps, store }, { alerts, rejected: [], truncated: 0 })
    expect(counts).toMatchObject({ accepted: 1, duplicate: 0 })
    expect(world.store.tables.episodes).toMatchObject([{ id: due[0], status: 'resolved', resolvedAt: T0 + MINUTE, nextEvaluationAt: T0 }])
  })

  it('opens a new episode when it fires again after it was resolved', async () => {
    const world = await badDeployWorld()
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    await ingest(world, [{ labels: CHECKOUT, status: 'resolved', startsAt: T0, endsAt: T0 + MINUTE }])
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 + 2 * MINUTE }])
    expect(world.store.tables.episodes.map(({ status }) => status)).toEqual(['resolved', 'firing'])
  })

  it('knows a firing that arrives after its resolution for a late copy', async () => {
    const world = await badDeployWorld()
    await ingest(world, [{ labels: CHECKOUT, status: 'resolved', startsAt: T0, endsAt: T0 + MINUTE }])
    const { counts } = await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    expect(counts.duplicate).toBe(1)
    expect(world.store.tables.episodes).toMatchObject([{ status: 'resolved', nextEvaluationAt: null }])
  })

  it('counts the same alert twice in one delivery once', async () => {
    const world = await badDeployWorld()
    const { counts } = await ingest(world, [{ labels: CHECKOUT }, { labels: CHECKOUT }])
    expect(counts).toMatchObject({ accepted: 1, duplicate: 1 })
  })

  it('ignores alerts that do not ask for a rollback: no episode, no decision', async () => {
    const world = await badDeployWorld()
    const { counts } = await ingest(world, [{ labels: { ...CHECKOUT, auto_rollback: 'false' } }])
    expect(counts.ignored).toEqual({ count: 1, reasons: { no_auto_rollback_label: 1 } })
    expect(world.store.tables.episodes).toEqual([])
  })

  it('keeps when the Watchdog was last heard', async () => {
    const world = await badDeployWorld()
    const { counts } = await ingest(world, [{ labels: { alertname: 'Watchdog', auto_rollback: 'none' } }])
    expect(counts.ignored).toEqual({ count: 1, reasons: { heartbeat: 1 } })
    expect(world.store.tables.heartbeats.get('Watchdog')).toBe(T0)
  })

  it('records that Alertmanager cut alerts off, on what it did send, and shows it in the incident', async () => {
    const world = await badDeployWorld()
    const { counts, due } = await ingest(world, [{ labels: CHECKOUT }], 7)
    expect(counts.truncated).toBe(7)
    expect(due).toHaveLength(1)
    await world.workOff()
    expect(world.store.tables.episodes).toMatchObject([{ truncatedAlerts: 7 }])
    expect(world.store.tables.timeline).toContainEqual(expect.objectContaining({ kind: 'deliveries_truncated', data: { alerts: 7 } }))
  })
})
