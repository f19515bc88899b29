import { getPreflight } from '../../../../../../../lib/contracts/preflight.ts'
import { preflight } from '../../../../../../../lib/engine/preflight.ts'
import { defineRoute } from '../../../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getPreflight, ({ deps, params, query, caller }) =>
  preflight(deps, { caller, workload: params, toRevisionUid: query.to }),
)

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
