import { describe, expect, it } from 'vitest'
import { DeployLedger, type Sighting } from './deploy-ledger.ts'
import type { CachedDeployment, CachedReplicaSet } from './project.ts'

const T0 = Date.UTC(2026, 0, 5, 10, 0, 0)
const SECOND = 1_000
const MINUTE = 60 * SECOND

/** A ledger and what happens to one Deployment, with the clock in the test's hands. */
class World {
  now = T0
  readonly ledger = new DeployLedger(() => this.now)

  deployment(template: string, how: Sighting = 'watch', over: Partial<Fields> = {}): void {
    this.ledger.deploymentSeen(aDeployment(template, over), how)
  }

  replicaSet(template: string, numbers: number[], createdAt: number, how: Sighting = 'watch'): void {
    this.ledger.replicaSetsSeen([aReplicaSet(template, numbers, createdAt)], how)
  }

  /** number, template, seconds since T0, source */
  deploys() {
    return this.ledger
      .deploys()
      .map(({ revision, deployedAt, source }) => [revision.number, revision.templateFingerprint, (deployedAt - T0) / SECOND, source])
      .sort((a, b) => Number(a[0]) - Number(b[0]))
  }

  completedAt(number: number): number | null | undefined {
    const at = this.ledger.deploys().find(({ revision }) => revision.number === number)?.completedAt
    return at == null ? at : (at - T0) / SECOND
  }
}

describe('while both watches run', () => {
  it('dates a deploy by the template, which the Deployment shows before its ReplicaSet is there', () => {
    const world = new World()
    world.deployment('a')
    world.now += 2 * SECOND
    world.replicaSet('a', [1], T0 + 2 * SECOND)
    expect(world.deploys()).toEqual([[1, 'a', 0, 'watched']])
  })

  it('dates it by the ReplicaSet’s event where that comes first, and does not count it twice', () => {
    const world = new World()
    world.deployment('a', 'first_list')
    world.replicaSet('a', [1], T0 - MINUTE, 'first_list')
    world.now += 10 * SECOND
    world.replicaSet('b', [2], world.now)
    world.now += SECOND
    world.deployment('b')
    world.now += MINUTE
    world.deployment('c')
    world.replicaSet('c', [3], world.now)
    world.now += MINUTE
    world.replicaSet('b', [2, 4], T0 + 10 * SECOND)
    expect(world.deploys().slice(1)).toEqual([
      [2, 'b', 10, 'watched'],
      [3, 'c', 71, 'watched'],
      [4, 'b', 131, 'watched'],
    ])
  })

  it('takes a used ReplicaSet as a deploy of its own, at the time its template came back', () => {
    const world = new World()
    for (const [template, numbers] of [
      ['a', [1]],
      ['b', [2]],
      ['a', [1, 3]],
    ] as const) {
      world.now += MINUTE
      world.deployment(template)
      world.replicaSet(template, [...numbers], template === 'a' ? T0 + MINUTE : world.now)
    }
    expect(world.deploys().map(([number, , at]) => [number, at])).toEqual([
      [1, 60],
      [2, 120],
      [3, 180],
    ])
  })

  it('does not date a deploy by a sighting from before the revision in front of it', () => {
    const world = new World()
    world.deployment('a', 'first_list')
    world.replicaSet('a', [1], T0 - MINUTE, 'first_list')
    world.now += MINUTE
    world.deployment('never-rolled')
    world.now += SECOND
    world.deployment('b')
    world.replicaSet('b', [2], world.now)
    world.now += MINUTE
    world.replicaSet('never-rolled', [3], world.now)
    expect(world.deploys().at(-1)).toEqual([3, 'never-rolled', 121, 'watched'])
  })

  it('believes the ReplicaSet’s creation where the events come late, as after a reconnect', () => {
    const world = new World()
    world.deployment('a', 'first_list')
    world.now += 5 * MINUTE
    world.deployment('b')
    world.replicaSet('b', [2], T0 + MINUTE)
    expect(world.deploys()).toEqual([[2, 'b', 60, 'replica_set']])
  })

  it('dates what was given to a paused Deployment by its going on', () => {
    const world = new World()
    world.deployment('a', 'first_list')
    world.replicaSet('a', [1], T0 - MINUTE, 'first_list')
    world.deployment('b', 'watch', { paused: true })
    world.now += MINUTE
    world.deployment('b', 'watch', { paused: false })
    world.now += SECOND
    world.replicaSet('b', [2], world.now)
    expect(world.deploys().at(-1)).toEqual([2, 'b', 60, 'watched'])
  })
})

describe('from lists', () => {
  it('dates what was there at the first list by the ReplicaSets, whichever list came first', () => {
    for (const deploymentFirst of [true, false]) {
      const world = new World()
      if (deploymentFirst) world.deployment('b', 'first_list')
      world.ledger.replicaSetsSeen([aReplicaSet('b', [2], T0 - MINUTE), aReplicaSet('a', [1], T0 - 5 * MINUTE)], 'first_list')
      if (!deploymentFirst) world.deployment('b', 'first_list')
      expect(world.deploys()).toEqual([
        [1, 'a', -300, 'replica_set'],
        [2, 'b', -60, 'replica_set'],
      ])
    }
  })

  it('gives a used ReplicaSet the time of the deploy before it: it cannot be earlier', () => {
    const world = new World()
    world.ledger.replicaSetsSeen([aReplicaSet('a', [1, 3], T0 - 60 * MINUTE), aReplicaSet('b', [2], T0 - MINUTE)], 'first_list')
    expect(world.deploys().map(([number, template, at]) => [number, template, at])).toEqual([
      [1, 'a', -3600],
      [2, 'b', -60],
      [3, 'a', -60],
    ])
  })

  it('loses no deploy of a gap: new ReplicaSets by their creation, used ones by when it was seen', () => {
    const world = new World()
    world.deployment('a', 'first_list')
    world.replicaSet('a', [1], T0 - MINUTE, 'first_list')
    world.now += 10 * MINUTE
    world.deployment('a', 'list')
    world.ledger.replicaSetsSeen([aReplicaSet('a', [1, 3], T0 - MINUTE), aReplicaSet('b', [2, 4], T0 + MINUTE)], 'list')
    expect(world.deploys().slice(1)).toEqual([
      [2, 'b', 60, 'replica_set'],
      [3, 'a', 600, 'watched'],
      [4, 'b', 600, 'watched'],
    ])
  })

  it('changes nothing when the same is listed again', () => {
    const world = new World()
    world.deployment('a')
    world.replicaSet('a', [1], T0)
    const before = world.ledger.deploys()
    world.now += MINUTE
    world.deployment('a', 'list')
    world.replicaSet('a', [1], T0, 'list')
    expect(world.ledger.deploys()).toEqual(before)
  })
})

describe('the completion of a rollout', () => {
  it('is when it was first seen complete, whatever comes after', () => {
    const world = new World()
    world.deployment('a', 'watch', { complete: false })
    world.replicaSet('a', [1], T0)
    expect(world.completedAt(1)).toBeNull()
    world.now += 30 * SECOND
    world.deployment('a', 'watch', { number: 1 })
    world.now += MINUTE
    world.deployment('a', 'watch', { number: 1, complete: false })
    world.deployment('a', 'watch', { number: 1 })
    expect(world.completedAt(1)).toBe(30)
  })

  it('stays unknown when it was complete at the first list', () => {
    const world = new World()
    world.deployment('a', 'first_list', { number: 1 })
    world.replicaSet('a', [1], T0 - MINUTE, 'first_list')
    world.now += MINUTE
    world.deployment('a', 'watch', { number: 1 })
    expect(world.completedAt(1)).toBeNull()
  })

  it('is seen where the rollout was under way at the first list', () => {
    const world = new World()
    world.deployment('a', 'first_list', { number: 1, complete: false })
    world.replicaSet('a', [1], T0 - MINUTE, 'first_list')
    world.now += MINUTE
    world.deployment('a', 'watch', { number: 1 })
    expect(world.completedAt(1)).toBe(60)
  })

  it('after a gap is what the controller wrote down', () => {
    const world = new World()
    world.deployment('a', 'watch', { complete: false })
    world.replicaSet('a', [1], T0)
    world.now += 10 * MINUTE
    world.deployment('a', 'list', { number: 1, progressedAt: T0 + MINUTE })
    expect(world.completedAt(1)).toBe(60)
  })
})

describe('what is gone', () => {
  it('is told for ten minutes more, for whoever stores it, and then forgotten', () => {
    const world = new World()
    world.deployment('a')
    world.replicaSet('a', [1], T0)
    world.ledger.deploymentGone('uid')
    world.now += 9 * MINUTE
    world.ledger.deploymentGone('another')
    expect(world.deploys()).toHaveLength(1)
    world.now += 2 * MINUTE
    world.ledger.replicaSetGone('another')
    expect(world.deploys()).toEqual([])
  })

  it('of the revisions is forgotten alone', () => {
    const world = new World()
    world.ledger.replicaSetsSeen([aReplicaSet('a', [1], T0 - MINUTE), aReplicaSet('b', [2], T0)], 'first_list')
    world.ledger.replicaSetGone('rs-a')
    world.now += 11 * MINUTE
    world.ledger.replicaSetGone('another')
    expect(world.deploys().map(([number]) => number)).toEqual([2])
  })

  it('and came back under the same name is another Deployment', () => {
    const world = new World()
    world.deployment('a')
    world.replicaSet('a', [1], T0)
    world.ledger.deploymentGone('uid')
    world.ledger.deploymentSeen(aDeployment('a', { uid: 'uid-2' }), 'watch')
    world.ledger.replicaSetsSeen([{ ...aReplicaSet('a', [1], T0), owner: { name: 'shop', uid: 'uid-2' } }], 'watch')
    expect(world.ledger.deploys().map(({ deploymentUid }) => deploymentUid)).toEqual(['uid', 'uid-2'])
  })
})

interface Fields {
  uid: string
  number: number
  paused: boolean
  complete: boolean
  progressedAt: number
}

function aDeployment(
  template: string,
  { uid = 'uid', number = 0, paused = false, complete = true, progressedAt }: Partial<Fields>,
): CachedDeployment {
  const rollout = { generation: 1, observedGeneration: 1, desiredReplicas: 1, replicas: 1, updatedReplicas: 1 }
  return {
    state: {
      ref: { namespace: 'edgelink', kind: 'Deployment', name: 'shop' },
      uid,
      resourceVersion: '1',
      generation: 1,
      observedGeneration: 1,
      paused,
      annotations: {},
      labels: {},
      templateFingerprint: template,
      rollout: {
        ...rollout,
        availableReplicas: complete ? 1 : 0,
        progressingReason: complete ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
      },
    },
    templateLabels: {},
    revisionNumber: number,
    progressedAt: progressedAt ?? null,
  }
}

function aReplicaSet(template: string, numbers: number[], createdAt: number): CachedReplicaSet {
  return {
    namespace: 'edgelink',
    owner: { name: 'shop', uid: 'uid' },
    numbers,
    revision: {
      uid: `rs-${template}`,
      name: `shop-${template}`,
      hash: template,
      number: Math.max(...numbers),
      templateFingerprint: template,
      materialFingerprint: template,
      images: [`shop:${template}`],
      createdAt,
      replicas: 1,
    },
  }
}
