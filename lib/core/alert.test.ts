import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { always } from '../testing/always.ts'
import { type Alert, alertName, asksForRollback, type Episode, type EpisodeChange, episodeChange } from './alert.ts'

type Known = Pick<Episode, 'status' | 'startsAt' | 'resolvedAt'>
type Delivered = Pick<Alert, 'status' | 'startsAt' | 'endsAt'>

const firing = (startsAt: number): Delivered => ({ status: 'firing', startsAt, endsAt: null })
const resolved = (startsAt: number, endsAt: number | null): Delivered => ({ status: 'resolved', startsAt, endsAt })
const open = (startsAt: number): Known => ({ status: 'firing', startsAt, resolvedAt: null })
const closed = (startsAt: number, resolvedAt: number): Known => ({ status: 'resolved', startsAt, resolvedAt })

describe('what a delivery changes', () => {
  test.each<[string, Known | null, Delivered, EpisodeChange]>([
    ['a first firing opens an episode', null, firing(10), 'open'],
    ['the same firing again changes nothing', open(10), firing(10), 'duplicate'],
    ['a later startsAt of an open episode is the same episode: a restarted Prometheus', open(10), firing(15), 'duplicate'],
    ['an earlier startsAt of an open episode moves its beginning: the other half of an HA pair', open(10), firing(8), 'touch'],
    ['a resolution closes it', open(10), resolved(10, 20), 'close'],
    ['a resolution whose startsAt moved closes it', open(10), resolved(12, 20), 'close'],
    ['a resolution without an end closes it', open(10), resolved(10, null), 'close'],
    ['a resolution in the instant it began closes it', open(10), resolved(10, 10), 'close'],
    ['a late resolution of the stretch before does not close it', open(30), resolved(10, 20), 'duplicate'],
    ['the same resolution again changes nothing', closed(10, 20), resolved(10, 20), 'duplicate'],
    ['a firing that comes after its own resolution is a late copy', closed(10, 20), firing(10), 'duplicate'],
    ['so is one that began while the episode lasted', closed(10, 20), firing(15), 'duplicate'],
    ['so is one that began in the instant it ended', closed(10, 20), firing(20), 'duplicate'],
    ['a firing that began after the end opens the next episode', closed(10, 20), firing(21), 'open'],
    ['a resolution that nobody saw firing is kept closed', null, resolved(10, 20), 'record_closed'],
    ['so is one of a stretch that nobody saw after the last', closed(10, 20), resolved(30, 40), 'record_closed'],
    ['a resolution of a stretch before the last changes nothing', closed(30, 40), resolved(10, 20), 'duplicate'],
  ])('%s', (_, latest, alert, change) => {
    expect(episodeChange(latest, alert)).toBe(change)
  })
})

/** Stores deliveries one after another as ingest does; the last episode is the latest. */
function store(deliveries: readonly Delivered[]): Known[] {
  const episodes: Known[] = []
  for (const alert of deliveries) {
    const latest = episodes.at(-1) ?? null
    const change = episodeChange(latest, alert)
    const endsAt = alert.endsAt ?? alert.startsAt
    if (change === 'open') episodes.push(open(alert.startsAt))
    if (change === 'record_closed') episodes.push(closed(alert.startsAt, endsAt))
    if (change === 'close') episodes.splice(-1, 1, closed(latest?.startsAt ?? alert.startsAt, endsAt))
    if (change === 'touch') episodes.splice(-1, 1, open(alert.startsAt))
  }
  return episodes
}

/** Deliveries of one stretch that an HA pair sends: startsAt moves, the end is one. Each at least once, in any order. */
function inAnyOrder(deliveries: readonly Delivered[]): fc.Arbitrary<Delivered[]> {
  const copies = fc.array(fc.constantFrom(...deliveries), { maxLength: 6 })
  return copies.chain((extra) => {
    const all = [...deliveries, ...extra]
    return fc.shuffledSubarray(all, { minLength: all.length })
  })
}

const starts = fc.uniqueArray(fc.integer({ min: 100, max: 200 }), { minLength: 1, maxLength: 4 })

test('any order and any repetition of the deliveries of one stretch ends in one closed episode', () => {
  const deliveries = starts.chain((all) => inAnyOrder([...all.map(firing), ...all.map((at) => resolved(at, 300))]))
  always(deliveries, (sequence) => {
    expect(store(sequence)).toMatchObject([{ status: 'resolved', resolvedAt: 300 }])
  })
})

test('while it fires, any order and any repetition ends in one open episode with the earliest beginning', () => {
  const deliveries = starts.chain((all) => inAnyOrder(all.map(firing)).map((sequence) => ({ all, sequence })))
  always(deliveries, ({ all, sequence }) => {
    expect(store(sequence)).toEqual([open(Math.min(...all))])
  })
})

test('two stretches stay two, whatever is repeated within each', () => {
  const first = inAnyOrder([firing(100), resolved(100, 150)])
  const second = inAnyOrder([firing(200), resolved(200, 250)])
  always(fc.tuple(first, second), ([one, other]) => {
    expect(store([...one, ...other])).toEqual([closed(100, 150), closed(200, 250)])
  })
})

test('never are two episodes open at once', () => {
  const delivery = fc.oneof(
    fc.nat(20).map(firing),
    fc.tuple(fc.nat(20), fc.option(fc.nat(20), { nil: null })).map(([startsAt, endsAt]) => resolved(startsAt, endsAt)),
  )
  always(fc.array(delivery, { maxLength: 12 }), (sequence) => {
    expect(
      store(sequence)
        .slice(0, -1)
        .filter(({ status }) => status === 'firing'),
    ).toEqual([])
  })
})

test.each([
  [{ auto_rollback: 'true' }, true],
  [{ auto_rollback: 'TRUE' }, false],
  [{ auto_rollback: '1' }, false],
  [{}, false],
])('%j asks for a rollback: %j', (labels, expected) => {
  expect(asksForRollback(labels)).toBe(expected)
})

test('an alert without a name is still shown', () => {
  expect(alertName({})).toBe('unnamed alert')
  expect(alertName({ alertname: 'HighErrorRate' })).toBe('HighErrorRate')
})
