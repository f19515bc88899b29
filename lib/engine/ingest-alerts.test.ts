import { describe, expect, it } from 'vitest'
import type { Store } from '../ports.ts'
import { badDeployWorld, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
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
    const store: Store = {
      ping: () => world.store.ping(),
      transaction: (work) =>
        world.store.transaction((tx) =>
          work({
            ...tx,
            async hearEpisodes(heard) {
              for (const { id } of heard) await tx.updateEpisode(id, 1, { nextEvaluationAt: null })
              return tx.hearEpisodes(heard)
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
    await world.pass(MINUTE)
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

  it('works on the first of a flood at once and leaves the rest to the queue, due now', async () => {
    const world = await badDeployWorld()
    const alerts = Array.from({ length: 300 }, (_, index) => ({ labels: { ...CHECKOUT, pod: `checkout-${index}` } }))
    const { counts, due } = await ingest(world, alerts)
    expect(counts.accepted).toBe(300)
    expect(due).toHaveLength(50)
    expect(world.store.jobs).toHaveLength(300)
    expect(world.store.jobs.filter(({ runAt }) => runAt === T0)).toHaveLength(250)
  })

  it('tells in the timeline when later deliveries are cut by more, once each', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    await ingest(world, [{ labels: CHECKOUT }], 7)
    await ingest(world, [{ labels: CHECKOUT }], 7)
    await ingest(world, [{ labels: CHECKOUT }], 9)
    const told = world.store.tables.timeline.filter(({ kind }) => kind === 'deliveries_truncated')
    expect(told).toMatchObject([
      { data: { alerts: 7 }, incidentId: world.rollback.incidentId },
      { data: { alerts: 9 }, incidentId: world.rollback.incidentId },
    ])
  })

  it('warns in the log of a cut delivery that has no alert of ours', async () => {
    const world = await badDeployWorld()
    const warnings: unknown[] = []
    const log = { ...world.deps.log, warn: (event: string, fields?: object) => warnings.push({ event, ...fields }) }
    const alerts = [world.alert({ labels: { ...CHECKOUT, auto_rollback: 'false' } })]
    await ingestAlerts({ ...world.deps, log }, { alerts, rejected: [], truncated: 12 })
    await ingestAlerts({ ...world.deps, log }, { alerts, rejected: [], truncated: 0 })
    expect(warnings).toEqual([{ event: 'delivery.truncated', alerts: 12, accepted: 0 }])
  })
})

const HOUR = 60 * MINUTE

describe('an alert whose end was lost', () => {
  it('is ended as unheard by its next firing, which is decided anew, in an incident of its own', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    await world.pass(MINUTE)
    // The outcome of the first incident does not matter here: it must not be the last one.
    world.now += 5 * HOUR
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    world.now += MINUTE
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.store.tables.episodes).toMatchObject([
      { status: 'resolved', resolvedAt: T0, nextEvaluationAt: null },
      { status: 'firing', startsAt: world.now },
    ])
    expect(world.store.tables.timeline).toContainEqual(
      expect.objectContaining({ kind: 'alert_unheard', data: { alert: 'HighErrorRate', lastSeenAt: T0 } }),
    )
    expect(world.decision).toMatchObject({ episodeId: world.store.tables.episodes[1]?.id, verdict: 'roll_back' })
  })

  it('closes the incident that waited for that end, and opens the next', async () => {
    const world = await badDeployWorld({ mode: 'off' })
    await world.deliver({ labels: CHECKOUT })
    world.now += 5 * HOUR
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.store.tables.incidents).toMatchObject([{ outcome: 'recovered_by_itself', closedAt: world.now }, { closedAt: null }])
    const { episodes } = world.store.tables
    expect(new Set(episodes.map(({ incidentId }) => incidentId)).size).toBe(2)
  })

  it('is the same episode as long as repetitions of it are heard', async () => {
    const world = await badDeployWorld()
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    for (let repeat = 0; repeat < 3; repeat += 1) {
      world.now += 4 * HOUR
      await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    }
    world.now += 4 * HOUR
    await ingest(world, [{ labels: CHECKOUT, startsAt: world.now - MINUTE }])
    expect(world.store.tables.episodes).toMatchObject([{ status: 'firing', lastSeenAt: world.now }])
  })

  it('is written down as heard once a minute, without disturbing an evaluation under way', async () => {
    const world = await badDeployWorld()
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    world.now += 59 * SECOND
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    expect(world.store.tables.episodes).toMatchObject([{ lastSeenAt: T0, version: 1 }])
    world.now += SECOND
    await ingest(world, [{ labels: CHECKOUT, startsAt: T0 }])
    expect(world.store.tables.episodes).toMatchObject([{ lastSeenAt: T0 + MINUTE, version: 1 }])
  })
})

describe('an alert that was told to have ended and goes on firing with its old startsAt', () => {
  const labels = { ...CHECKOUT, alertname: 'HighErrorRate', auto_rollback: 'true' }

  async function endedFalsely(): Promise<EngineWorld> {
    const world = await badDeployWorld({ mode: 'off' })
    world.metrics.fires(labels, T0 - 30 * SECOND)
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    world.now += MINUTE
    await world.deliver({ labels: CHECKOUT, status: 'resolved', startsAt: T0, endsAt: world.now })
    world.now += MINUTE
    return world
  }

  it('is an episode again once Prometheus says that it never ended', async () => {
    const world = await endedFalsely()
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    await world.workOff()
    expect(world.store.tables.episodes).toMatchObject([
      { status: 'resolved', nextEvaluationAt: null, askAgainUntil: null },
      { status: 'firing', startsAt: T0, receivedAt: world.now },
    ])
    expect(world.decision.episodeId).toBe(world.store.tables.episodes[1]?.id)
  })

  it('is a late copy where Prometheus says that it ended, or began anew since', async () => {
    const world = await endedFalsely()
    world.metrics.clears(labels)
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    world.metrics.fires(labels, world.now)
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    await world.workOff()
    expect(world.store.tables.episodes).toMatchObject([{ status: 'resolved', nextEvaluationAt: null }])
    expect(world.timelineKinds().filter((kind) => kind === 'alert_resolved')).toHaveLength(1)
  })

  it('is asked about again while Prometheus is silent, for ten minutes', async () => {
    const world = await endedFalsely()
    world.metrics.down = true
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    await world.pass(5 * MINUTE)
    expect(world.store.tables.episodes).toMatchObject([{ status: 'resolved', nextEvaluationAt: expect.any(Number) }])
    world.metrics.down = false
    await world.pass(MINUTE)
    expect(world.store.tables.episodes).toMatchObject([{ status: 'resolved' }, { status: 'firing' }])

    const silent = await endedFalsely()
    silent.metrics.down = true
    await silent.deliver({ labels: CHECKOUT, startsAt: T0 })
    await silent.pass(11 * MINUTE)
    expect(silent.store.tables.episodes).toMatchObject([{ status: 'resolved', nextEvaluationAt: null, askAgainUntil: null }])
  })

  it('is asked about for ten minutes and no longer though Prometheus answers with something that nobody foresaw', async () => {
    const world = await endedFalsely()
    world.metrics.alerts = () => Promise.reject(new TypeError('alerts of undefined'))
    await world.deliver({ labels: CHECKOUT, startsAt: T0 }).catch(() => {})
    await world.pass(11 * MINUTE)
    expect(world.store.tables.episodes).toMatchObject([{ status: 'resolved', nextEvaluationAt: null, askAgainUntil: null }])
  })

  it('is an episode again without Prometheus too, by a repetition that is too late for a copy', async () => {
    const world = await endedFalsely()
    world.metrics.isConfigured = false
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    await world.workOff()
    expect(world.store.tables.episodes).toHaveLength(1)
    world.now += 4 * HOUR
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    expect(world.store.tables.episodes).toMatchObject([{ status: 'resolved' }, { status: 'firing', startsAt: T0 }])
  })

  it('is not ended by a late copy of the end that was false', async () => {
    const world = await endedFalsely()
    const endsAt = world.now - MINUTE
    await world.deliver({ labels: CHECKOUT, startsAt: T0 })
    await world.workOff()
    await world.deliver({ labels: CHECKOUT, status: 'resolved', startsAt: T0, endsAt })
    expect(world.store.tables.episodes.at(-1)).toMatchObject({ status: 'firing' })
    await world.deliver({ labels: CHECKOUT, status: 'resolved', startsAt: T0, endsAt: world.now })
    expect(world.store.tables.episodes.at(-1)).toMatchObject({ status: 'resolved' })
  })
})
