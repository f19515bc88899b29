import { deleteToken } from '../../../../lib/contracts/token.ts'
import { revokeToken } from '../../../../lib/engine/revoke-token.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const DELETE = defineRoute(deleteToken, ({ deps, params, caller }) => revokeToken(deps, { ...params, caller }))

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods(DELETE)
