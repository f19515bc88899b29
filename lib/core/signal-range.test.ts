import { expect, test } from 'vitest'
import { signalWindow } from './signal-range.ts'

const MINUTE = 60_000
const D = 1_000 * MINUTE

test('shows as much before the deploy as it lasts and, while it does, up to now', () => {
  const window = signalWindow({ deployedAt: D, startedAt: D + MINUTE, endedAt: null }, D + 5 * MINUTE)
  expect(window).toEqual({ from: D - 5 * MINUTE, to: D + 5 * MINUTE, stepMs: 3_000 })
})

test('trouble that is older than the deploy is shown from its beginning, and the end with a quarter of an hour after it', () => {
  const window = signalWindow({ deployedAt: D, startedAt: D - 60 * MINUTE, endedAt: D + 10 * MINUTE }, D + 500 * MINUTE)
  expect(window).toMatchObject({ from: D - 75 * MINUTE, to: D + 25 * MINUTE })
})

test('without a deploy on record it begins before the onset', () => {
  expect(signalWindow({ deployedAt: null, startedAt: D, endedAt: D }, D + MINUTE)).toMatchObject({ from: D - 3 * MINUTE, to: D + MINUTE })
})

test('a long incident has a wide step and an end, never more than 240 points', () => {
  const { from, to, stepMs } = signalWindow({ deployedAt: D, startedAt: D, endedAt: null }, D + 5_000 * MINUTE)
  expect(to - from).toBe(1_440 * MINUTE)
  expect((to - from) / stepMs).toBeLessThanOrEqual(240)
})
