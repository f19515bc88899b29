import { expect, test } from 'vitest'
import { type Deploy, mergeDeploy, newestFirst } from './deploy.ts'

function aDeploy(overrides: Partial<Deploy> & { number?: number } = {}): Deploy {
  const { number = 1, ...fields } = overrides
  const revision = { uid: `rs-${number}`, hash: 'h', number, templateFingerprint: 't', materialFingerprint: 'm', images: [] }
  return { workloadId: 'w', deploymentUid: 'd', revision, deployedAt: 100, source: 'watched', completedAt: null, ...fields }
}

test.each<[string, Partial<Deploy>, Partial<Deploy>, Partial<Deploy>]>([
  ['the earlier of two watched times counts', { deployedAt: 100 }, { deployedAt: 90 }, { deployedAt: 90, source: 'watched' }],
  ['a later watched time changes nothing', { deployedAt: 90 }, { deployedAt: 100 }, { deployedAt: 90 }],
  [
    'a watched time replaces a ReplicaSet creation, though it is later',
    { deployedAt: 5, source: 'replica_set' },
    { deployedAt: 100 },
    { deployedAt: 100, source: 'watched' },
  ],
  [
    'a ReplicaSet creation never replaces a watched time, though it is earlier',
    { deployedAt: 100 },
    { deployedAt: 5, source: 'replica_set' },
    { deployedAt: 100, source: 'watched' },
  ],
  ['the earlier completion counts', { completedAt: 130 }, { completedAt: 120 }, { completedAt: 120 }],
  ['a completion that one saw is not forgotten', { completedAt: 130 }, { completedAt: null }, { completedAt: 130 }],
  ['a completion is filled in', { completedAt: null }, { completedAt: 130 }, { completedAt: 130 }],
])('%s', (_, known, seen, expected) => {
  expect(mergeDeploy(aDeploy(known), aDeploy(seen))).toEqual(aDeploy(expected))
})

test('newest first: the Deployment seen last, then by number, whatever the times of reused ReplicaSets', () => {
  const deploys = [
    aDeploy({ deploymentUid: 'old', number: 9, deployedAt: 10 }),
    aDeploy({ number: 2, deployedAt: 100 }),
    aDeploy({ number: 3, deployedAt: 20, source: 'replica_set' }),
    aDeploy({ number: 1, deployedAt: 50 }),
  ]
  expect(newestFirst(deploys).map(({ revision }) => revision.number)).toEqual([3, 2, 1, 9])
  expect(newestFirst([])).toEqual([])
})
