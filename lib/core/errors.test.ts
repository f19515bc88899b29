import { expect, test, vi } from 'vitest'
import { SnapbackError } from './errors.ts'

test('an error of another copy of the module is still one of ours', async () => {
  vi.resetModules()
  const other = await import('./errors.ts')
  expect(other.SnapbackError).not.toBe(SnapbackError)
  expect(new other.SnapbackError('conflict', 'taken')).toBeInstanceOf(SnapbackError)
})

test.each([new Error('x'), null, 'SnapbackError', { code: 'conflict' }])('%s is none of ours', (value) => {
  expect(value instanceof SnapbackError).toBe(false)
})

test('a subclass knows its own errors alone, so that a time-out is not taken for a refusal', () => {
  class Refusal extends SnapbackError {}
  expect(new SnapbackError('upstream_unavailable', 'no answer') instanceof Refusal).toBe(false)
  expect(new Refusal('upstream_unavailable', 'bad query') instanceof Refusal).toBe(true)
  expect(new Refusal('upstream_unavailable', 'bad query') instanceof SnapbackError).toBe(true)
})
