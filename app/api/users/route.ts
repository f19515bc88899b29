import { listUsers, postUser } from '../../../lib/contracts/user.ts'
import { createUser } from '../../../lib/engine/create-user.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listUsers, async ({ deps }) => ({ items: await deps.accounts.users() }))

export const POST = defineRoute(postUser, ({ deps, body, caller }) => createUser(deps, { ...body, caller }))

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST)
