import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { always } from '../testing/always.ts'
import {
  type Alert,
  alertName,
  asksForRollback,
  type EpisodeChange,
  episodeChange,
  isNewlyHeard,
  LATE_COPY_MS,
  type LatestEpisode,
  UNHEARD_AFTER_MS,
} from './alert.ts'

type Known = Pick<LatestEpisode, 'status' | 'startsAt' | 'resolvedAt' | 'lastSeenAt' | 'lastEndedAt'>
type Delivered = Pick<Alert, 'status' | 'startsAt' | 'endsAt'>

const firing = (startsAt: number): Delivered => ({ status: 'firing', startsAt, endsAt: null })
const resolved = (startsAt: number, endsAt: number | null): Delivered => ({ status: 'resolved', startsAt, endsAt })
const open = (startsAt: number, lastEndedAt: number | null = null): Known => ({
  status: 'firing',
  startsAt,
  resolvedAt: null,
  lastSeenAt: startsAt,
  lastEndedAt,
})
/** Its end was heard when it ended. */
const closed = (startsAt: number, resolvedAt: number): Known => ({
  status: 'resolved',
  startsAt,
  resolvedAt,
  lastSeenAt: resolvedAt,
  lastEndedAt: resolvedAt,
})
/** Soon after all that happens in these cases. */
const NOW = 1_000

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
    ['a firing that comes after its own resolution is a late copy, or the end was false', closed(10, 20), firing(10), 'doubt'],
    ['so is one that began while the episode lasted', closed(10, 20), firing(15), 'doubt'],
    ['so is one that began in the instant it ended', closed(10, 20), firing(20), 'doubt'],
    ['a firing that began after the end opens the next episode', closed(10, 20), firing(21), 'open'],
    ['a resolution that nobody saw firing is kept closed', null, resolved(10, 20), 'record_closed'],
    ['so is one of a stretch that nobody saw after the last', closed(10, 20), resolved(30, 40), 'record_closed'],
    ['a resolution of a stretch before the last changes nothing', closed(30, 40), resolved(10, 20), 'duplicate'],
    ['a late firing of the stretch before does not move the beginning of this one', open(30, 20), firing(10), 'duplicate'],
    ['the end before, heard once more, does not end what was found never to have ended', open(10, 20), resolved(10, 20), 'duplicate'],
    ['its own end does', open(10, 20), resolved(10, 25), 'close'],
  ])('%s', (_, latest, alert, change) => {
    expect(episodeChange(latest, alert, NOW)).toBe(change)
  })
})

describe('an end that was lost', () => {
  const unheard = { ...open(10), lastSeenAt: 100 }
  test('a firing that began after the episode was last heard, long ago, replaces it', () => {
    expect(episodeChange(unheard, firing(101), 100 + UNHEARD_AFTER_MS + 1)).toBe('replace')
  })
  test('as long as a repetition may still come it is the same episode', () => {
    expect(episodeChange(unheard, firing(101), 100 + UNHEARD_AFTER_MS)).toBe('duplicate')
  })
  test('the same startsAt, however late, is the same episode: it fires on', () => {
    expect(episodeChange(unheard, firing(10), 100 + 10 * UNHEARD_AFTER_MS)).toBe('duplicate')
  })
})

describe('an end that was false', () => {
  test('a firing with the old startsAt opens an episode once it is too late for a copy', () => {
    expect(episodeChange(closed(10, 20), firing(10), 20 + LATE_COPY_MS)).toBe('doubt')
    expect(episodeChange(closed(10, 20), firing(10), 20 + LATE_COPY_MS + 1)).toBe('open')
  })
})

describe('being heard again', () => {
  test('is worth a write once a minute, while it fires', () => {
    const latest = open(0)
    expect(isNewlyHeard(latest, firing(0), 59_999)).toBe(false)
    expect(isNewlyHeard(latest, firing(0), 60_000)).toBe(true)
    expect(isNewlyHeard(latest, resolved(0, 1), 60_000)).toBe(false)
    expect(isNewlyHeard(closed(0, 1), firing(0), 60_000)).toBe(false)
  })
})

/** Stores deliveries one after another as ingest does; the last episode is the latest. */
function store(deliveries: readonly Delivered[]): Known[] {
  const episodes: Known[] = []
  for (const alert of deliveries) {
    const latest = episodes.at(-1) ?? null
    const change = episodeChange(latest, alert, NOW)
    const endsAt = alert.endsAt ?? alert.startsAt
    if (change === 'open') episodes.push(open(alert.startsAt, latest?.resolvedAt ?? null))
    if (change === 'record_closed') episodes.push(closed(alert.startsAt, endsAt))
    if (change === 'close') episodes.splice(-1, 1, closed(latest?.startsAt ?? alert.startsAt, endsAt))
    if (change === 'touch') episodes.splice(-1, 1, open(alert.startsAt, latest?.lastEndedAt ?? null))
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
