import { expect, it } from 'vitest'
import type { ConfigState } from '../../lib/core/config-change.ts'
import { BAD, GOOD, T0 } from '../../lib/testing/builders.ts'
import type { Evidence } from './story.ts'
import { hasElse, rateText, ratioText, wasLookedFor } from './what-else.ts'

const BARE: Evidence = { revision: BAD, target: GOOD, seenAt: T0, podCount: 0, readyCount: 0, pods: [], diff: [] }

function withConfig(state: ConfigState): Evidence {
  const one = { kind: 'ConfigMap' as const, name: 'a', state, changedAt: null, isNew: false, inTarget: true, resourceVersion: null }
  return { ...BARE, configs: { since: T0, of: [one], leftOut: 0 } }
}

function withTraffic(before: number | null, now: number | null): Evidence {
  const at = (perSecond: number | null) => ({ at: T0, perSecond })
  return { ...BARE, traffic: { state: 'read', expression: 'x', windowMs: 1, before: at(before), now: at(now) } }
}

const BESIDE = { workload: { namespace: 'shop', kind: 'Deployment' as const, name: 'cart' }, revision: BAD, deployedAt: T0, trouble: null }

it.each<[string, boolean, Evidence | null, Parameters<typeof hasElse>[1]]>([
  ['a ConfigMap changed', true, withConfig('changed'), null],
  ['one is not there', true, withConfig('gone'), null],
  ['one may not be read', false, withConfig('not_allowed'), null],
  ['one did not change', false, withConfig('unchanged'), null],
  ['there is more traffic', true, withTraffic(100, 300), null],
  ['there is less', true, withTraffic(300, 100), null],
  ['there is as much', false, withTraffic(100, 110), null],
  ['nobody counted it', false, withTraffic(null, 110), null],
  ['somebody else was released', true, BARE, { deployedAt: T0, of: [BESIDE], leftOut: 0 }],
  ['nobody was', false, BARE, { deployedAt: T0, of: [], leftOut: 0 }],
  ['nothing was looked at', false, null, null],
])('where %s something else changed: %s', (_, expected, evidence, together) => {
  expect(hasElse(evidence, together)).toBe(expected)
})

it('of records of before nothing is said', () => {
  expect(wasLookedFor(BARE, null)).toBe(false)
  expect(wasLookedFor(null, null)).toBe(false)
  expect(wasLookedFor(withTraffic(1, 1), null)).toBe(true)
  expect(wasLookedFor(BARE, { deployedAt: T0, of: [], leftOut: 0 })).toBe(true)
})

it('says rates and ratios in few digits', () => {
  expect([0.04, 0.42, 9.96, 12.4, 1318.2].map((rate) => rateText(rate, 'en'))).toEqual(['0.04', '0.42', '10', '12', '1,318'])
  expect([3.2041, 0.0512, 12.7, 1.5].map((ratio) => ratioText(ratio, 'en'))).toEqual(['3.2', '0.051', '13', '1.5'])
})
