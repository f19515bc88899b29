import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, MODES, resolvePolicy } from './policy.ts'

const MINUTE = 60_000

test("the defaults are the design's", () => {
  expect(DEFAULT_POLICY).toEqual({
    mode: 'observe',
    attributionWindowMs: 30 * MINUTE,
    cooldownMs: 15 * MINUTE,
    budget: { count: 5, windowMs: 30 * MINUTE },
    commonCause: { workloads: 3, withinMs: 2 * MINUTE },
    goodAfterMs: 10 * MINUTE,
    bakeTimeMs: 2 * MINUTE,
    minRequests: 20,
    onInconclusive: 'hold',
    onOwned: 'refuse',
    freeze: [],
    whenBlind: 'hold',
    proposalExpiryMs: 15 * MINUTE,
    services: [],
  })
})

test('each field comes from the nearest scope that sets it', () => {
  const cluster = { mode: 'suggest', cooldownMs: 1, minRequests: 5 } as const
  const namespace = { cooldownMs: 2, bakeTimeMs: 7 }
  const workload = { cooldownMs: 3, mode: 'auto' } as const
  expect(resolvePolicy([cluster, namespace, workload], undefined)).toEqual({
    ...DEFAULT_POLICY,
    mode: 'auto',
    cooldownMs: 3,
    bakeTimeMs: 7,
    minRequests: 5,
  })
})

test('without a policy the defaults hold, and stay as they are', () => {
  resolvePolicy([{ mode: 'auto' }], 'off')
  expect(resolvePolicy([], undefined)).toEqual(DEFAULT_POLICY)
  expect(DEFAULT_POLICY.mode).toBe('observe')
})

describe("the workload's annotation", () => {
  const pairs = MODES.flatMap((mode) => MODES.map((annotation) => ({ mode, annotation })))

  test.each(pairs)('$annotation on mode $mode gives the lower of the two', ({ mode, annotation }) => {
    const lower = MODES[Math.min(MODES.indexOf(mode), MODES.indexOf(annotation))]
    expect(resolvePolicy([{ mode }], annotation).mode).toBe(lower)
  })

  test.each(['', 'AUTO', 'none', ' off'])('%j is no mode and changes nothing', (annotation) => {
    expect(resolvePolicy([{ mode: 'auto' }], annotation).mode).toBe('auto')
  })

  test('touches nothing but the mode', () => {
    expect(resolvePolicy([{ mode: 'auto', cooldownMs: 9 }], 'off')).toEqual({ ...DEFAULT_POLICY, mode: 'off', cooldownMs: 9 })
  })
})
