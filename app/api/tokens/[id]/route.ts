import { deleteToken } from '../../../../lib/contracts/token.ts'
import { revokeToken } from '../../../../lib/engine/revoke-token.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'

export const DELETE = defineRoute(deleteToken, ({ deps, params, caller }) => revokeToken(deps, { ...params, caller }))
