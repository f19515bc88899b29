import { postCondemned } from '../../../../../../../lib/contracts/condemned.ts'
import { takeBackCondemnation } from '../../../../../../../lib/engine/take-back-condemnation.ts'
import { defineRoute } from '../../../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../../../lib/server/refusals.ts'

export const POST = defineRoute(postCondemned, ({ deps, params, body: { materialFingerprint, reason }, caller }) =>
  takeBackCondemnation(deps, { caller, workload: params, materialFingerprint, reason }),
)

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST)
