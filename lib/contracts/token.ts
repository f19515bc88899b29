import { z } from 'zod'
import type { ApiToken } from '../core/account.ts'
import { byId } from './by-id.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { sameAs } from './same-as.ts'
import { role } from './user.ts'

const fields = z.object({
  id: z.string(),
  name: z.string(),
  role,
  createdAt: instant,
  createdBy: z.string(),
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
})
const apiToken = sameAs<ApiToken>()(fields)

export const listTokens = operation({
  method: 'GET',
  path: '/api/tokens',
  summary: 'Keys of scripts, newest first, without the keys themselves',
  access: 'admin',
  kind: 'json',
  reply: z.object({ items: z.array(apiToken) }),
})

export const postToken = operation({
  method: 'POST',
  path: '/api/tokens',
  summary: 'Make a key for a script. `token` is shown this once',
  access: 'admin',
  kind: 'json',
  status: 201,
  mutates: true,
  body: z.strictObject({ name: z.string().trim().min(1).max(100), role, expiresAt: instant.nullable().default(null) }),
  reply: fields.extend({ token: z.string() }),
})

export const deleteToken = operation({
  method: 'DELETE',
  path: '/api/tokens/:id',
  summary: 'Revoke a key, at once and for good',
  access: 'admin',
  kind: 'json',
  mutates: true,
  params: byId,
  reply: apiToken,
})
