import { beforeEach, describe, expect, it } from 'vitest'
import { Freshness } from './freshness.ts'

describe('the caches', () => {
  let now = 0
  let caches: Freshness
  beforeEach(() => {
    now = 1_000_000
    caches = new Freshness(() => now)
    for (const informer of ['deployments', 'replicasets']) caches.expect(informer)
  })
  const list = () => {
    for (const informer of ['deployments', 'replicasets']) caches.stands(informer)
  }

  it('say nothing before each has listed', () => {
    expect(caches.isFresh()).toBe(false)
    caches.stands('deployments')
    expect(caches.isFresh()).toBe(false)
    caches.stands('replicasets')
    expect(caches.isFresh()).toBe(true)
  })

  it('stand a short loss, and say nothing after a longer one, until the watch is back', () => {
    list()
    caches.lost('replicasets', 'kubernetes: list replicasets: 403 forbidden')
    now += 5_000
    expect(caches.isFresh()).toBe(true)
    now += 1
    expect(caches.isFresh()).toBe(false)
    caches.stands('replicasets')
    expect(caches.isFresh()).toBe(true)
  })

  it('count a loss from its beginning, however often it is tried again meanwhile', () => {
    list()
    caches.lost('deployments', 'kubernetes: list deployments: 403 forbidden')
    now += 4_000
    caches.lost('deployments', 'kubernetes: list deployments: 403 forbidden')
    now += 2_000
    expect(caches.isFresh()).toBe(false)
  })

  it('are not made believable by a watch that is lost before the first list', () => {
    caches.stands('replicasets')
    caches.lost('deployments', 'kubernetes: list deployments: 403 forbidden')
    expect(caches.isFresh()).toBe(false)
  })
})

it('what keeps a cache from standing is told, until it stands', () => {
  const caches = new Freshness(() => 0)
  caches.expect('deployments')
  expect(caches.trouble()).toBeNull()
  caches.lost('deployments', 'kubernetes: list deployments: 403 forbidden')
  expect(caches.trouble()).toBe('kubernetes: list deployments: 403 forbidden')
  caches.stands('deployments')
  expect(caches.trouble()).toBeNull()
})
