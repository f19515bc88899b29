import { describe, expect, it } from 'vitest'
import { BAD, GOOD, T0 } from '../testing/builders.ts'
import {
  CAME_WITH_IT_MS,
  type ConfigChange,
  type ConfigMetadata,
  configsToLookAt,
  countsSince,
  judgeConfig,
  lastLiveAt,
  MOST_CONFIGS,
  mergeConfigs,
} from './config-change.ts'
import type { Deploy } from './deploy.ts'
import type { RevisionRef } from './workload.ts'

const MINUTE = 60_000
const SETTINGS = { kind: 'ConfigMap', name: 'settings', inTarget: true } as const

function metadata(overrides: Partial<ConfigMetadata> = {}): ConfigMetadata {
  return { resourceVersion: '7', createdAt: T0 - 1_000 * MINUTE, writtenAt: T0 - 500 * MINUTE, tellsWrites: true, ...overrides }
}

function deploy(revision: RevisionRef, deployedAt: number): Deploy {
  return { workloadId: 'w', deploymentUid: 'd', revision, deployedAt, source: 'watched', completedAt: null }
}

describe('which ones are looked at', () => {
  it('are those of both templates, each once; what the target reads too is marked', () => {
    const current = { configMaps: ['a', 'b'], secrets: ['keys'] }
    const target = { configMaps: ['a'], secrets: ['keys', 'old'] }
    expect(configsToLookAt(current, target)).toEqual({
      refs: [
        { kind: 'ConfigMap', name: 'a', inTarget: true },
        { kind: 'Secret', name: 'keys', inTarget: true },
        { kind: 'Secret', name: 'old', inTarget: true },
        { kind: 'ConfigMap', name: 'b', inTarget: false },
      ],
      leftOut: 0,
    })
  })

  it('are no more than the limit, and the rest is counted', () => {
    const many = { configMaps: Array.from({ length: MOST_CONFIGS + 20 }, (_, index) => `c${index}`), secrets: [] }
    const { refs, leftOut } = configsToLookAt(many, null)
    expect([refs.length, leftOut]).toEqual([MOST_CONFIGS, 20])
  })
})

describe('since when a change counts', () => {
  const OLDER = { ...GOOD, uid: 'older', number: 30 }

  it('is the deploy that followed the target, also where that is not the current one', () => {
    const deploys = [deploy(BAD, T0), deploy(GOOD, T0 - 60 * MINUTE), deploy(OLDER, T0 - 90 * MINUTE)]
    expect(lastLiveAt(deploys, { targetUid: GOOD.uid, currentUid: BAD.uid })).toBe(T0)
    expect(lastLiveAt(deploys, { targetUid: OLDER.uid, currentUid: BAD.uid })).toBe(T0 - 60 * MINUTE)
  })

  it('is the deploy of the current revision where the target was never seen live, and unknown without that', () => {
    expect(lastLiveAt([deploy(BAD, T0)], { targetUid: GOOD.uid, currentUid: BAD.uid })).toBe(T0)
    expect(lastLiveAt([], { targetUid: GOOD.uid, currentUid: BAD.uid })).toBeNull()
    expect(countsSince(null)).toBeNull()
  })

  it('begins some minutes earlier: a release writes its ConfigMap before its Deployment', () => {
    expect(countsSince(T0)).toBe(T0 - CAME_WITH_IT_MS)
  })
})

describe('one of them', () => {
  it.each<[string, Partial<ConfigMetadata>, Partial<ConfigChange>]>([
    ['changed when its data was written since', { writtenAt: T0 + 1 }, { state: 'changed', changedAt: T0 + 1, isNew: false }],
    ['changed when it was written in that very second', { writtenAt: T0 }, { state: 'changed' }],
    ['is new when it was made since', { createdAt: T0 + 1, writtenAt: T0 + 2 }, { state: 'changed', isNew: true }],
    ['is new by its creation alone', { createdAt: T0 + 1, writtenAt: null }, { state: 'changed', changedAt: T0 + 1, isNew: true }],
    ['did not change when it was written before', { writtenAt: T0 - 1 }, { state: 'unchanged', changedAt: T0 - 1 }],
    [
      'is unknown when a later write may not have been noted',
      { writtenAt: T0 - 1, tellsWrites: false },
      { state: 'unknown', changedAt: null },
    ],
    ['changed for sure, whatever else was not noted', { writtenAt: T0 + 1, tellsWrites: false }, { state: 'changed' }],
    ['is unknown when nothing says when it was written', { writtenAt: null }, { state: 'unknown', changedAt: null }],
  ])('%s', (_, seen, expected) => {
    expect(judgeConfig(SETTINGS, metadata(seen), T0)).toMatchObject({ kind: 'ConfigMap', name: 'settings', inTarget: true, ...expected })
  })

  it('is unknown while nobody knows since when to count, with the time that is known', () => {
    expect(judgeConfig(SETTINGS, metadata({ writtenAt: T0 }), null)).toMatchObject({ state: 'unknown', changedAt: T0 })
  })

  it.each(['gone', 'not_allowed', 'silent'] as const)('says that it is %s', (seen) => {
    expect(judgeConfig(SETTINGS, seen, T0)).toMatchObject({ state: seen, changedAt: null, resourceVersion: null })
  })
})

describe('two looks', () => {
  const look = (change: Partial<ConfigChange>) => ({
    since: T0,
    of: [{ ...judgeConfig(SETTINGS, metadata(), T0), ...change }],
    leftOut: 0,
  })
  const merged = (known: Partial<ConfigChange>, fresh: Partial<ConfigChange>) => mergeConfigs(look(known), look(fresh))?.of[0]

  it('keep a change that was seen once', () => {
    expect(merged({ state: 'changed', changedAt: T0 + 5 }, { state: 'gone', changedAt: null })).toMatchObject({ changedAt: T0 + 5 })
  })

  it('take the newer change', () => {
    expect(merged({ state: 'changed', changedAt: T0 + 5 }, { state: 'changed', changedAt: T0 + 9 })).toMatchObject({ changedAt: T0 + 9 })
  })

  it('keep what was known when it is silent now', () => {
    expect(merged({ state: 'unchanged' }, { state: 'silent' })).toMatchObject({ state: 'unchanged' })
  })

  it('tell a change by its resourceVersion where no time tells', () => {
    const known = { state: 'unknown', changedAt: null, resourceVersion: '7' } as const
    expect(merged(known, { ...known, resourceVersion: '8' })).toMatchObject({ state: 'changed', changedAt: null })
    expect(merged(known, known)).toMatchObject({ state: 'unknown' })
    expect(merged({ resourceVersion: '7' }, { state: 'unchanged', resourceVersion: '8' })).toMatchObject({ state: 'unchanged' })
  })

  it('stand alone where there is only one, as in records of before', () => {
    expect(mergeConfigs(undefined, look({}))).toEqual(look({}))
    expect(mergeConfigs(look({}), undefined)).toEqual(look({}))
    expect(mergeConfigs(undefined, undefined)).toBeUndefined()
  })
})
