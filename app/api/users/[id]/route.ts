import { patchUser } from '../../../../lib/contracts/user.ts'
import { changeUser } from '../../../../lib/engine/change-user.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../lib/server/refusals.ts'

export const PATCH = defineRoute(patchUser, ({ deps, params, body, caller }) => changeUser(deps, { ...body, ...params, caller }))

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = otherMethods(PATCH)
