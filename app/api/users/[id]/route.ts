import { patchUser } from '../../../../lib/contracts/user.ts'
import { changeUser } from '../../../../lib/engine/change-user.ts'
import { defineRoute } from '../../../../lib/server/define-route.ts'

export const PATCH = defineRoute(patchUser, ({ deps, params, body, caller }) => changeUser(deps, { ...body, ...params, caller }))
