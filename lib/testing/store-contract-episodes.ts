import { expect, test } from 'vitest'
import type { NewEpisode, Tx } from '../ports.ts'
import { AT, aDecision, aDeploy, anEpisode, aRevision, aWorkload, insertRollback } from './new-rows.ts'
import { expectConflict, type Within } from './store-under-test.ts'

const resolved = (overrides: Partial<NewEpisode> = {}) => anEpisode({ status: 'resolved', resolvedAt: AT, ...overrides })

export function episodeCases(within: Within): void {
  test(
    'an episode comes back as it was stored',
    within(async ({ store }) => {
      const draft = anEpisode({
        labels: { alertname: 'Ünïcode "quoted" \\ 漢字', empty: '' },
        nextEvaluationAt: AT + 1,
        askAgainUntil: AT + 2,
      })
      const stored = await store.transaction((tx) => tx.insertEpisode(draft))
      expect(stored).toEqual({ ...draft, id: expect.any(String), version: 1 })
      expect(await store.transaction((tx) => tx.episode(stored.id))).toEqual(stored)
    }),
  )

  test(
    'an id that names nothing, or is no id at all, is null',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => [
        await tx.episode('00000000-0000-7000-8000-00000000ffff'),
        await tx.episode('../etc/passwd'),
        await tx.rollback("'; drop table rollback"),
        await tx.incident(''),
      ])
      expect(found).toEqual([null, null, null, null])
    }),
  )

  test(
    'a fingerprint has one open episode at most',
    within(async ({ store }) => {
      await store.transaction((tx) => tx.insertEpisode(anEpisode()))
      await expectConflict(store, (tx) => tx.insertEpisode(anEpisode()), /episode.*open/)
      await store.transaction((tx) => tx.insertEpisode(resolved({ resolvedAt: AT - 1 })))
      await store.transaction((tx) => tx.insertEpisode(anEpisode({ fingerprint: 'f2' })))
    }),
  )

  test(
    'the latest episode is the open one, whatever the clocks of the replicas say',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        await tx.insertEpisode(resolved({ receivedAt: AT + 5_000 }))
        const open = await tx.insertEpisode(anEpisode({ receivedAt: AT }))
        return { open, latest: await tx.latestEpisodes(['f1', 'unknown']) }
      })
      expect(found.latest).toEqual(new Map([['f1', { ...found.open, lastEndedAt: AT }]]))
    }),
  )

  test(
    'with none open, the latest episode is the one that ended last',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        await tx.insertEpisode(resolved({ resolvedAt: AT - 60_000, receivedAt: AT + 2 }))
        const last = await tx.insertEpisode(resolved({ resolvedAt: AT, receivedAt: AT + 1 }))
        await tx.insertEpisode(resolved({ resolvedAt: AT - 30_000, receivedAt: AT + 3 }))
        return { last, latest: await tx.latestEpisodes(['f1']) }
      })
      expect(found.latest.get('f1')).toEqual({ ...found.last, lastEndedAt: AT })
    }),
  )

  test(
    'episodes are stored by the thousand, none of them when one is refused',
    within(async ({ store }) => {
      const drafts = Array.from({ length: 2_100 }, (_, index) => anEpisode({ fingerprint: `many-${index}`, labels: { pod: `p-${index}` } }))
      const stored = await store.transaction((tx) => tx.insertEpisodes(drafts))
      expect(new Set(stored.map(({ id }) => id)).size).toBe(2_100)
      expect(stored.find(({ fingerprint }) => fingerprint === 'many-2099')).toEqual({
        ...drafts[2_099],
        id: expect.any(String),
        version: 1,
      })
      const again = [anEpisode({ fingerprint: 'new' }), anEpisode({ fingerprint: 'many-7' })]
      await expectConflict(store, (tx) => tx.insertEpisodes(again), /episode.*open/)
      expect((await store.transaction((tx) => tx.latestEpisodes(['new']))).size).toBe(0)
    }),
  )

  test(
    'what is heard of episodes changes them, whatever an evaluation has made of them meanwhile',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const seen = await tx.insertEpisode(anEpisode({ fingerprint: 'seen', nextEvaluationAt: AT }))
        const over = await tx.insertEpisode(anEpisode({ fingerprint: 'over', nextEvaluationAt: AT }))
        for (const { id } of [seen, over]) await tx.updateEpisode(id, 1, { nextEvaluationAt: AT + 9, askAgainUntil: AT + 99 })
        await tx.hearEpisodes([
          { ...seen, lastSeenAt: AT + 60_000, truncatedAlerts: 3, setsEvaluation: false, endedUnheard: false },
          {
            ...over,
            ...{ status: 'resolved', resolvedAt: AT + 5, nextEvaluationAt: AT + 6, askAgainUntil: null },
            ...{ setsEvaluation: true, endedUnheard: false },
          },
        ])
        await tx.hearEpisodes([])
        return { seen, over, afterSeen: await tx.episode(seen.id), afterOver: await tx.episode(over.id) }
      })
      expect(found.afterSeen).toEqual({
        ...found.seen,
        ...{ version: 2, lastSeenAt: AT + 60_000, truncatedAlerts: 3, nextEvaluationAt: AT + 9, askAgainUntil: AT + 99 },
      })
      expect(found.afterOver).toEqual({
        ...found.over,
        ...{ version: 3, status: 'resolved', resolvedAt: AT + 5, nextEvaluationAt: AT + 6, askAgainUntil: null },
      })
    }),
  )

  test(
    'an update is guarded by the version and counts it up',
    within(async ({ store }) => {
      const before = await store.transaction((tx) => tx.insertEpisode(anEpisode({ nextEvaluationAt: AT })))
      const [won, lost, after] = await store.transaction(async (tx) => [
        await tx.updateEpisode(before.id, 1, { status: 'resolved', resolvedAt: AT + 5, nextEvaluationAt: null }),
        await tx.updateEpisode(before.id, 1, { truncatedAlerts: 9 }),
        await tx.episode(before.id),
      ])
      expect([won, lost]).toEqual([true, false])
      expect(after).toEqual({ ...before, version: 2, status: 'resolved', resolvedAt: AT + 5, nextEvaluationAt: null })
    }),
  )

  test(
    'episodes of an incident come in the order of their arrival',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const workloadId = await tx.workloadId(aWorkload(), AT)
        const incident = await tx.insertIncident({ workloadId, openedAt: AT, startedAt: AT, startedAtSource: 'starts_at' })
        await tx.insertEpisode(anEpisode({ fingerprint: 'late', receivedAt: AT + 1, incidentId: incident.id }))
        await tx.insertEpisode(anEpisode({ fingerprint: 'early', incidentId: incident.id }))
        await tx.insertEpisode(anEpisode({ fingerprint: 'other' }))
        return tx.episodesOfIncident(incident.id)
      })
      expect(found.map(({ fingerprint }) => fingerprint)).toEqual(['early', 'late'])
    }),
  )

  test(
    'due episodes come longest overdue first, no more than asked for',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const add = async (fingerprint: string, nextEvaluationAt: number | null) =>
          (await tx.insertEpisode(anEpisode({ fingerprint, nextEvaluationAt }))).id
        const [now, long, short] = [await add('now', AT), await add('long', AT - 10), await add('short', AT - 5)]
        await add('later', AT + 1)
        await add('never', null)
        return { all: await tx.dueEpisodes(AT, 10), two: await tx.dueEpisodes(AT, 2), expected: [long, short, now] }
      })
      expect(found.all).toEqual(found.expected)
      expect(found.two).toEqual(found.expected.slice(0, 2))
    }),
  )

  test(
    'what a reason held is due again when the reason ends, judged by the latest decision only',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const held = await decided(tx, 'held', ['cooling_down', 'paused'])
        await tx.updateEpisode(held, 1, { askAgainUntil: AT - 1 })
        await decided(tx, 'held by something else', ['paused', 'cooling_down'])
        await decided(tx, 'never decided', [])
        const over = await decided(tx, 'over', ['paused'])
        await tx.updateEpisode(over, 1, { status: 'resolved', resolvedAt: AT })
        const simulated = await tx.insertEpisode(anEpisode({ fingerprint: 'simulated' }))
        await tx.insertDecision(aDecision({ episodeId: simulated.id, effect: 'simulate', reason: 'paused' }))
        const count = await tx.reevaluateHeld(['paused', 'automation_disabled'], AT + 7)
        return { count, due: await tx.dueEpisodes(AT + 7, 10), held, episode: await tx.episode(held) }
      })
      expect(found.count).toBe(1)
      expect(found.due).toEqual([found.held])
      expect(found.episode).toMatchObject({ nextEvaluationAt: AT + 7, askAgainUntil: null, version: 3 })
    }),
  )

  test(
    'what fires on while a condemned template is deployed again is due, unless it was decided since or a rollback is open',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const { id: rollbackId } = await insertRollback(tx, { name: 'origin', phase: 'succeeded' })
        const deployed = async (name: string, { condemned = 'material-1', decidedAt = AT, at = AT + 1 } = {}) => {
          const workloadId = await tx.workloadId(aWorkload(name), AT)
          await tx.recordDeploy(aDeploy({ workloadId, deployedAt: at }))
          await tx.condemn({ workloadId, materialFingerprint: condemned, rollbackId, images: [], at: AT })
          const { id } = await tx.insertEpisode(anEpisode({ fingerprint: name, workloadId }))
          await tx.insertDecision(aDecision({ episodeId: id, workloadId, decidedAt }))
          return { id, workloadId }
        }
        const again = await deployed('again')
        await deployed('decided since', { decidedAt: AT + 2 })
        await deployed('another template', { condemned: 'material-9' })
        await deployed('taken back')
        await tx.takeBackCondemnation({
          workloadId: await tx.workloadId(aWorkload('taken back'), AT),
          materialFingerprint: 'material-1',
          at: AT + 1,
        })
        const open = await deployed('open')
        await insertRollback(tx, { workloadId: open.workloadId, phase: 'verifying' })
        const over = await deployed('over')
        await tx.updateEpisode(over.id, 1, { status: 'resolved', resolvedAt: AT })
        const fixed = await deployed('fixed since')
        const fix = aRevision({ number: 2, materialFingerprint: 'material-2' })
        await tx.recordDeploy(aDeploy({ workloadId: fixed.workloadId, revision: fix, deployedAt: AT + 2 }))
        const count = await tx.reevaluateDeployedAgain(AT + 7)
        const twice = await tx.reevaluateDeployedAgain(AT + 8)
        return { again, count, twice, due: await tx.dueEpisodes(AT + 7, 10), episode: await tx.episode(again.id) }
      })
      expect([found.count, found.twice, found.due]).toEqual([1, 0, [found.again.id]])
      expect(found.episode).toMatchObject({ nextEvaluationAt: AT + 7, askAgainUntil: null, version: 2 })
    }),
  )

  test(
    'firing episodes that began in a time are found, the first first, no more than asked for',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const begun = (fingerprint: string, startsAt: number) => anEpisode({ fingerprint, startsAt, labels: { service: fingerprint } })
        await tx.insertEpisode(begun('b', AT + 2))
        await tx.insertEpisode(begun('a', AT + 1))
        await tx.insertEpisode(begun('early', AT))
        await tx.insertEpisode(begun('late', AT + 3))
        await tx.insertEpisode({ ...begun('over', AT + 1), status: 'resolved', resolvedAt: AT + 2 })
        return [await tx.episodesBegun(AT + 1, AT + 2, 9), await tx.episodesBegun(AT + 1, AT + 2, 1)]
      })
      expect(found.map((episodes) => episodes.map(({ fingerprint }) => fingerprint))).toEqual([['a', 'b'], ['a']])
    }),
  )

  test(
    'of episodes that lead to the same workload by their labels the first is found: pods of one ReplicaSet are one',
    within(async ({ store }) => {
      const cut = 'a'.repeat(58)
      const found = await store.transaction(async (tx) => {
        const labels: Record<string, string>[] = [
          { namespace: 'shop', pod: 'cart-7d9f-aaaaa', instance: 'one' },
          { namespace: 'shop', pod: 'cart-7d9f-bbbbb', instance: 'two' },
          { namespace: 'other', pod: 'cart-7d9f-ccccc' },
          { namespace: 'shop', exported_pod: 'cart-7d9f-aaaaa' },
          { namespace: 'shop', deployment: 'cart', pod: 'metrics-1' },
          { namespace: 'shop', deployment: 'cart', pod: 'metrics-2' },
          { namespace: 'shop', service: 'cart' },
          { namespace: 'shop', exported_service: 'cart' },
          { node: 'one' },
          { node: 'two' },
          { namespace: 'shop', pod: `${cut}bcdfg` },
          { namespace: 'shop', pod: `${cut}hijkl` },
        ]
        for (const [index, one] of labels.entries()) {
          await tx.insertEpisode(anEpisode({ fingerprint: `lead-${index}`, labels: one, startsAt: AT + index }))
        }
        return tx.episodesBegun(AT, AT + 99, 20)
      })
      expect(found.map(({ startsAt }) => startsAt - AT)).toEqual([0, 2, 3, 4, 6, 7, 8, 10, 11])
    }),
  )

  test(
    'a reason that holds beside the one that settled it counts too, and can be asked of one workload',
    within(async ({ store }) => {
      const found = await store.transaction(async (tx) => {
        const [one, other] = [await heldIn(tx, 'one'), await heldIn(tx, 'other')]
        const held = await tx.workloadsHeldFor(['deployment_paused'])
        const count = await tx.reevaluateHeld(['deployment_paused'], AT + 7, other.workloadId)
        const again = await tx.reevaluateHeld(['deployment_paused'], AT + 8, other.workloadId)
        return { one, other, held, count, again, due: await tx.dueEpisodes(AT + 7, 10), none: await tx.workloadsHeldFor(['paused']) }
      })
      const workloads = [found.one, found.other].map(({ workloadId, name }) => ({ id: workloadId, ref: aWorkload(name) }))
      expect([...found.held].sort((a, b) => a.ref.name.localeCompare(b.ref.name))).toEqual(workloads)
      expect([found.count, found.again, found.due, found.none]).toEqual([1, 0, [found.other.id], []])
    }),
  )
}

/** An episode of a workload of that name, held by a paused Deployment beside something else. */
async function heldIn(tx: Tx, name: string) {
  const workloadId = await tx.workloadId(aWorkload(name), AT)
  const { id } = await tx.insertEpisode(anEpisode({ fingerprint: name, workloadId }))
  const checks = [{ gate: 'allowed' as const, answer: 'hold' as const, reason: 'deployment_paused' as const, values: {}, endsAt: null }]
  await tx.insertDecision(aDecision({ episodeId: id, workloadId, effect: 'none', reason: 'cooling_down', checks }))
  return { id, workloadId, name }
}

/** An episode that was decided several times, each time held for a reason. */
async function decided(tx: Tx, fingerprint: string, reasons: readonly ('paused' | 'cooling_down')[]): Promise<string> {
  const { id } = await tx.insertEpisode(anEpisode({ fingerprint }))
  for (const [index, reason] of reasons.entries()) {
    await tx.insertDecision(aDecision({ episodeId: id, effect: 'none', reason, decidedAt: AT + index }))
  }
  return id
}
