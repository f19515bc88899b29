import { z } from 'zod'
import type { User } from '../core/account.ts'
import { ROLES } from '../core/role.ts'
import { byId } from './by-id.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { sameAs } from './same-as.ts'

export const role = z.enum(ROLES)

const user = sameAs<User>()(z.object({ id: z.string(), email: z.string(), role, createdAt: instant, disabledAt: instant.nullable() }))

/** Length is what makes a password good; the upper bound keeps hashing cheap. */
const password = z.string().min(12, 'at least 12 characters').max(200, 'at most 200 characters')

export const listUsers = operation({
  method: 'GET',
  path: '/api/users',
  summary: 'People who may sign in',
  access: 'admin',
  kind: 'json',
  reply: z.object({ items: z.array(user) }),
})

export const postUser = operation({
  method: 'POST',
  path: '/api/users',
  summary: 'Let somebody in',
  access: 'admin',
  kind: 'json',
  status: 201,
  mutates: true,
  body: z.strictObject({ email: z.email('is no e-mail address').max(200), password, role }),
  reply: user,
})

export const patchUser = operation({
  method: 'PATCH',
  path: '/api/users/:id',
  summary: 'Change a role, a password, or whether somebody may sign in. The last admin stays one',
  access: 'admin',
  kind: 'json',
  mutates: true,
  params: byId,
  body: z
    .strictObject({ role: role.optional(), disabled: z.boolean().optional(), password: password.optional() })
    .refine((changes) => Object.keys(changes).length > 0, 'name at least one of role, disabled and password'),
  reply: user,
})
