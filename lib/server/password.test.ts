import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkPassword, hashPassword } from './password.ts'

test('the right password is right and another is not', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(await checkPassword('correct horse battery', hash)).toBe(true)
  expect(await checkPassword('correct horse batterz', hash)).toBe(false)
})

test('the same password has another hash each time, with its parameters in it', async () => {
  const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')])
  expect(one).not.toBe(two)
  expect(one).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
})

test('a hash with older parameters still works', async () => {
  const salt = Buffer.from('an older salt')
  const key = scryptSync('old password', salt, 32, { N: 1024, r: 8, p: 1 })
  const hash = `scrypt$1024$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`
  expect(await checkPassword('old password', hash)).toBe(true)
  expect(await checkPassword('new password', hash)).toBe(false)
})

test.each([null, '', 'plain', 'scrypt$2$8$1$c2FsdA$', 'md5$2$8$1$c2FsdA$a2V5'])(
  'without a hash that is one, nothing is right: %s',
  async (hash) => {
    expect(await checkPassword('', hash)).toBe(false)
  },
)

test('one word typed in two ways of Unicode is one password', async () => {
  expect(await checkPassword('cafe\u0301 au lait', await hashPassword('caf\u00e9 au lait'))).toBe(true)
})

test('a flood of passwords is refused beyond what may wait, and the rest is still compared', async () => {
  // Parameters that cost nothing: only how many there are matters.
  const salt = Buffer.alloc(16)
  const key = scryptSync('right', salt, 32, { N: 1024, r: 8, p: 1 })
  const hash = `scrypt$1024$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`
  const tries = await Promise.allSettled(Array.from({ length: 100 }, () => checkPassword('right', hash)))
  const compared = tries.filter((one) => one.status === 'fulfilled')
  expect(compared.every(({ value }) => value)).toBe(true)
  expect(compared).toHaveLength(66)
  expect(tries.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'too_many_requests' })
})
