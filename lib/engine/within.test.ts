import { expect, it, vi } from 'vitest'
import { within } from './within.ts'

it('gives the answer that comes in time', async () => {
  expect(await within(1_000, Promise.resolve(5))).toBe(5)
})

it('passes an error on', async () => {
  await expect(within(1_000, Promise.reject(new Error('no')))).rejects.toThrow('no')
})

it('waits no longer than it was told', async () => {
  vi.useFakeTimers()
  const late = expect(within(2_000, new Promise(() => {}))).rejects.toMatchObject({
    code: 'upstream_unavailable',
    message: 'no answer within 2 s',
  })
  await vi.advanceTimersByTimeAsync(2_000)
  await late
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})
