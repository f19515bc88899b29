import { randomBytes } from 'node:crypto'
import type { Credentials } from '../ports.ts'
import { hashPassword } from './password.ts'
import { hashSecret } from './secret-hash.ts'

/** An API token is recognisable (`snap_`), for people and for scanners that look for leaked keys. */
export const credentials: Credentials = {
  hashPassword,
  newToken() {
    const token = `snap_${randomBytes(32).toString('base64url')}`
    return { token, hash: hashSecret(token) }
  },
}
