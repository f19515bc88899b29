import { expect, test } from 'vitest'
import { gate } from '../testing/waiting.ts'
import { createSlots } from './slots.ts'

/** Work that says when it begins and lasts until it is told to end. */
function work() {
  const [begins, ends] = [gate(), gate()]
  let hasBegun = false
  return {
    ends: ends.open,
    begun: begins.opened,
    hasBegun: () => hasBegun,
    async run() {
      hasBegun = true
      begins.open()
      await ends.opened
    },
  }
}

test('what finds no free slot waits for one, in the order of asking', async () => {
  const slots = createSlots({ atOnce: 1, mayWait: 2 })
  const [first, second, third] = [work(), work(), work()]
  const done = [first, second, third].map(({ run }) => slots.run(run))
  await first.begun
  expect([second.hasBegun(), third.hasBegun(), slots.waiting()]).toEqual([false, false, 2])
  first.ends()
  await second.begun
  expect(third.hasBegun()).toBe(false)
  second.ends()
  third.ends()
  await Promise.all(done)
  expect(slots.waiting()).toBe(0)
})

test('when as many wait as may, the next one is refused', async () => {
  const slots = createSlots({ atOnce: 1, mayWait: 1 })
  const [running, waiting, refused] = [work(), work(), work()]
  const done = [running, waiting].map(({ run }) => slots.run(run))
  await expect(slots.run(refused.run)).rejects.toMatchObject({ code: 'too_many_requests' })
  expect(refused.hasBegun()).toBe(false)
  for (const { ends } of [running, waiting]) ends()
  await Promise.all(done)
})

test('work that fails gives its slot back, and says why it failed', async () => {
  const slots = createSlots({ atOnce: 1, mayWait: 0 })
  await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await slots.run(async () => 'next')).toBe('next')
})
