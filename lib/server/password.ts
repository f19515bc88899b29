import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { createSlots } from './slots.ts'

/** 32 MiB and about 50 ms a try. A hash carries its own parameters, so these may grow later. */
const COST = { N: 2 ** 15, r: 8, p: 1 }
const KEY_BYTES = 32

/**
 * Two at a time, which leaves half of Node's four threads to files and name lookups; with as many waiting as here the last
 * one waits for about two seconds. Anybody may try to sign in: without a bound a flood would take the memory.
 */
const slots = createSlots({ atOnce: 2, mayWait: 64 })

interface Cost {
  N: number
  r: number
  p: number
}

/**
 * `scrypt$N$r$p$salt$key`, both in base64url; a salt of its own for every password.
 *
 * @throws too_many_requests
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/**
 * Compares in constant time. Without a hash (no such user) it does the same work and says no, so that the time
 * does not tell who has an account.
 *
 * @throws too_many_requests
 */
export async function checkPassword(password: string, hash: string | null): Promise<boolean> {
  const stored = hash === null ? null : parse(hash)
  const { cost, salt, key } = stored ?? { cost: COST, salt: Buffer.alloc(16), key: Buffer.alloc(KEY_BYTES) }
  const isSame = timingSafeEqual(await derive(password, salt, cost), key)
  return isSame && stored !== null
}

function parse(hash: string): { cost: Cost; salt: Buffer; key: Buffer } | null {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || !salt || !key) return null
  const keyBytes = Buffer.from(key, 'base64url')
  if (keyBytes.length !== KEY_BYTES) return null
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), key: keyBytes }
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  // One spelling of what people type: "é" may come as one character or as two.
  const text = password.normalize('NFC')
  const options = { ...cost, maxmem: 256 * cost.N * cost.r }
  return slots.run(
    () => new Promise((resolve, reject) => scrypt(text, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))),
  )
}
