import { expect, it } from 'vitest'
import type { LookTask } from '../core/looks.ts'
import { gate } from '../testing/waiting.ts'
import { createLooks } from './looks.ts'

function aTask(log: string[], name: string, until: Promise<void>, isUrgent = false): LookTask {
  return {
    isUrgent,
    async work() {
      log.push(`${name} begins`)
      await until
    },
    lost: (why) => log.push(`${name} ${why}`),
  }
}

it('runs four at once, the others in their order, and an urgent one at once', async () => {
  const looks = createLooks()
  const log: string[] = []
  const [first, later] = [gate(), gate()]
  for (const name of ['a', 'b', 'c', 'd']) looks.run(aTask(log, name, first.opened))
  expect(looks.isFree()).toBe(false)
  looks.run(aTask(log, 'e', later.opened))
  looks.run(aTask(log, 'patched', first.opened, true))
  expect(log).toEqual(['a begins', 'b begins', 'c begins', 'd begins', 'patched begins'])
  first.open()
  await expect.poll(() => log).toContain('e begins')
  later.open()
  await looks.stop()
})

it('says of what it cannot do that it is lost', async () => {
  const looks = createLooks()
  const log: string[] = []
  const { open, opened } = gate()
  for (let index = 0; index < 205; index += 1) looks.run(aTask(log, `${index}`, opened))
  expect(log.slice(4)).toEqual(['204 too_many'])
  const stopped = looks.stop()
  open()
  await stopped
  expect(log.slice(5)).toEqual(Array.from({ length: 200 }, (_, index) => `${index + 4} stopping`))
  looks.run(aTask(log, 'late', opened))
  expect(log.at(-1)).toBe('late stopping')
})

it('shares a look for five seconds', () => {
  const looks = createLooks()
  let begun = 0
  const look = () => {
    begun += 1
    return new Promise<never>(() => {})
  }
  const first = looks.share('checkout', 0, look)
  expect(looks.share('checkout', 4_999, look)).toBe(first)
  expect(looks.share('cart', 4_999, look)).not.toBe(first)
  expect(looks.share('checkout', 5_000, look)).not.toBe(first)
  expect(begun).toBe(3)
})
