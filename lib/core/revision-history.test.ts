import { describe, expect, test } from 'vitest'
import { aReplicaSet, aRevision, MINUTE, T0 } from '../testing/builders.ts'
import type { Deploy } from './deploy.ts'
import { type RevisionStory, revisionHistory } from './revision-history.ts'

const HOUR = 60 * MINUTE

/** A deploy of the revision with that number, minutes after T0. */
function aDeploy(number: number, minute: number, overrides: Partial<Deploy> = {}): Deploy {
  return {
    workloadId: 'w',
    deploymentUid: 'd',
    revision: aRevision({ number }),
    deployedAt: T0 + minute * MINUTE,
    source: 'watched',
    completedAt: null,
    ...overrides,
  }
}

interface World {
  /** Newest first, as the store gives them. */
  deploys: Deploy[]
  live?: number[]
  current?: string | null
  incidents?: number[]
  condemned?: number[]
}

function history({ deploys, live = [], current = null, incidents = [], condemned = [] }: World): RevisionStory[] {
  return revisionHistory({
    goodAfterMs: 10 * 60_000,
    records: {
      deploys,
      incidents: incidents.map((minute, at) => ({ id: `i${at + 1}`, startedAt: T0 + minute * MINUTE })),
      condemnations: condemned.map((number) => ({ ...aRevision({ number }), rollbackId: 'r1', condemnedAt: T0 })),
    },
    live: live.map((number) => aReplicaSet({ number })),
    currentUid: current,
    now: T0 + HOUR,
  })
}

const standings = (stories: RevisionStory[]) => stories.map(({ revision, standing }) => `${revision.number} ${standing}`)

describe('how long a revision served', () => {
  test('is the time until the next one, and until now for the current one', () => {
    const stories = history({ deploys: [aDeploy(2, 20), aDeploy(1, 0)], live: [1, 2], current: 'rs-2' })
    expect(stories.map(({ revision, servedMs, isCurrent }) => [revision.number, servedMs, isCurrent])).toEqual([
      [2, 40 * MINUTE, true],
      [1, 20 * MINUTE, false],
    ])
  })

  test('is added up where it was gone back to, under the number that it has now', () => {
    const deploys = [aDeploy(3, 30, { revision: aRevision({ number: 3, uid: 'rs-1' }) }), aDeploy(2, 20), aDeploy(1, 0)]
    const stories = history({ deploys, current: 'rs-1' })
    expect(stories.find(({ isCurrent }) => isCurrent)).toMatchObject({
      revision: { number: 3, uid: 'rs-1' },
      servedMs: 50 * MINUTE,
      timesDeployed: 2,
      deployedAt: T0 + 30 * MINUTE,
    })
  })

  test('is open where only the creation of a reused ReplicaSet is known, for it and for the one before', () => {
    const stories = history({
      deploys: [aDeploy(3, -90, { source: 'replica_set' }), aDeploy(2, 20), aDeploy(1, 0)],
      live: [1, 2, 3],
      current: 'rs-3',
    })
    expect(stories.map(({ revision, servedMs }) => [revision.number, servedMs])).toEqual([
      [3, null],
      [2, null],
      [1, 20 * MINUTE],
    ])
  })

  test('is open for what was deployed last when another is current, and for a workload that is gone', () => {
    expect(history({ deploys: [aDeploy(1, 0)], live: [1, 2], current: 'rs-2' }).map(({ servedMs }) => servedMs)).toEqual([null, null])
    expect(history({ deploys: [aDeploy(1, 0)] })[0]).toMatchObject({ servedMs: null, isThere: false, isCurrent: false })
  })
})

describe('how a revision stands', () => {
  const deploys = [aDeploy(4, 50), aDeploy(3, 30), aDeploy(2, 25), aDeploy(1, 0)]

  test.each<[string, Partial<World>, string[]]>([
    ['good after ten minutes without an incident, else too short', {}, ['4 good', '3 good', '2 short', '1 good']],
    ['troubled by an incident that began while it served', { incidents: [31] }, ['4 good', '3 troubled', '2 short', '1 good']],
    [
      'not by one that began before it, which is older than the deploy',
      { incidents: [29.9] },
      ['4 good', '3 good', '2 troubled', '1 good'],
    ],
    ['condemned before all', { incidents: [31], condemned: [3] }, ['4 good', '3 condemned', '2 short', '1 good']],
  ])('%s', (_, world, expected) => {
    expect(standings(history({ deploys, live: [1, 2, 3, 4], current: 'rs-4', ...world }))).toEqual(expected)
  })

  test('a redeploy of what was condemned is condemned too', () => {
    const again = aRevision({ number: 5, materialFingerprint: 'material-3' })
    const stories = history({ deploys: [aDeploy(5, 55, { revision: again }), ...deploys], condemned: [3] })
    expect(stories.filter(({ condemned }) => condemned).map(({ revision }) => revision.number)).toEqual([5, 3])
  })

  test('one that was never seen deployed is unknown', () => {
    expect(history({ deploys: [], live: [7] })).toMatchObject([
      { standing: 'unknown', deployedAt: null, servedMs: null, timesDeployed: 0, isThere: true },
    ])
  })
})

test('what is there comes first by number, then what is gone by time', () => {
  const deploys = [
    aDeploy(4, 50),
    aDeploy(3, 30),
    aDeploy(9, 10, { deploymentUid: 'older', revision: aRevision({ number: 9 }) }),
    aDeploy(1, 0),
  ]
  const stories = history({ deploys, live: [3, 4], current: 'rs-4' })
  expect(stories.map(({ revision, isThere }) => [revision.number, isThere])).toEqual([
    [4, true],
    [3, true],
    [9, false],
    [1, false],
  ])
})
