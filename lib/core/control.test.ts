import { describe, expect, test } from 'vitest'
import { aControl, CHECKOUT, MINUTE, T0 } from '../testing/builders.ts'
import { type Control, controlNow, firstControl, isDryRun, type Pause, pauseOf } from './control.ts'
import type { Scope } from './scope.ts'

const ADA = { kind: 'user', id: 'u1', name: 'ada@example.test' } as const
const CLUSTER: Scope = { level: 'cluster' }
const EDGELINK: Scope = { level: 'namespace', namespace: 'edgelink' }
const WORKLOAD: Scope = { level: 'workload', workload: CHECKOUT }

function aPause(scope: Scope, until: number | null = null): Pause {
  return { scope, reason: 'release night', actor: ADA, since: T0, until }
}

describe('a pause', () => {
  test.each<[string, Pause[], Scope | null]>([
    ['of the cluster covers every workload', [aPause(CLUSTER)], CLUSTER],
    ['of the namespace covers its workloads', [aPause(EDGELINK)], EDGELINK],
    ['of the workload covers it', [aPause(WORKLOAD)], WORKLOAD],
    ['of another namespace does not', [aPause({ level: 'namespace', namespace: 'shop' })], null],
    ['that is the widest is named', [aPause(WORKLOAD), aPause(CLUSTER), aPause(EDGELINK)], CLUSTER],
    ['that ran out is none', [aPause(CLUSTER, T0)], null],
    ['that ran out leaves the narrower one', [aPause(CLUSTER, T0), aPause(WORKLOAD)], WORKLOAD],
    ['covers until its last millisecond', [aPause(CLUSTER, T0 + 1)], CLUSTER],
  ])('%s', (_, pauses, scope) => {
    expect(pauseOf(aControl({ pauses }), CHECKOUT, T0)?.scope ?? null).toEqual(scope)
  })

  test('is read without changing the row', () => {
    const control = aControl({ pauses: [aPause(WORKLOAD), aPause(CLUSTER)] })
    const before = structuredClone(control)
    pauseOf(control, CHECKOUT, T0)
    expect(control).toEqual(before)
  })
})

describe('dry run', () => {
  const dryRun = (on: boolean, until: number | null, configured: boolean | null = null): Control =>
    aControl({ dryRun: { on, reason: 'x', actor: ADA, since: T0, until }, configured: { dryRun: configured, enabled: null } })

  test.each<[string, Control, boolean]>([
    ['on holds', dryRun(true, null), true],
    ['off does not', dryRun(false, null), false],
    ['off for a time does not hold in that time', dryRun(false, T0 + 1), false],
    ['off for a time holds again when it ends', dryRun(false, T0), true],
    ['on for a time holds in that time', dryRun(true, T0 + 1), true],
    ['on for a time is over when it ends', dryRun(true, T0), false],
    ['on for a time outlasts its end while configuration demands it', dryRun(true, T0, true), true],
    ['configured as on holds, whatever the page said', dryRun(false, null, true), true],
    ['configured as off leaves the word to the page', dryRun(true, null, false), true],
  ])('%s', (_, control, expected) => {
    expect(isDryRun(control, T0)).toBe(expected)
  })
})

test('at the first start dry run is on and nothing is paused', () => {
  const control = firstControl(T0)
  expect(isDryRun(control, T0 + 999 * MINUTE)).toBe(true)
  expect(control).toMatchObject({ enabled: true, pauses: [], configured: { dryRun: null, enabled: null } })
})

test('control now leaves out what ran out', () => {
  const control = aControl({ pauses: [aPause(CLUSTER, T0), aPause(EDGELINK, T0 + 1)] })
  expect(controlNow(control, T0)).toEqual({ ...control, pauses: [aPause(EDGELINK, T0 + 1)], isDryRun: false })
})
