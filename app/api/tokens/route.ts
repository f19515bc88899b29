import { listTokens, postToken } from '../../../lib/contracts/token.ts'
import { createToken } from '../../../lib/engine/create-token.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(listTokens, async ({ deps }) => ({ items: await deps.accounts.tokens() }))

export const POST = defineRoute(postToken, ({ deps, body, caller }) => createToken(deps, { ...body, caller }))

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST)
