import { createHash, timingSafeEqual } from 'node:crypto'

/** SHA-256 of a long random secret, in hex: what is stored of an API token. Not for passwords. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares in constant time, whatever the lengths: both sides are hashed first. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(expected)))
}
