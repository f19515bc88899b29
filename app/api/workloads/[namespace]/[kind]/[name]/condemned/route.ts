import { getCondemned, postCondemned } from '../../../../../../../lib/contracts/condemned.ts'
import { readCondemned } from '../../../../../../../lib/engine/read-condemned.ts'
import { takeBackCondemnation } from '../../../../../../../lib/engine/take-back-condemnation.ts'
import { defineRoute } from '../../../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getCondemned, ({ deps, params, query }) => readCondemned(deps, { workload: params, images: query.image }))

export const POST = defineRoute(postCondemned, ({ deps, params, body: { materialFingerprint, reason }, caller }) =>
  takeBackCondemnation(deps, { caller, workload: params, materialFingerprint, reason }),
)

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST)
