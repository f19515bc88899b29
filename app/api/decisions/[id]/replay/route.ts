import { getReplay, postReplay } from '../../../../../lib/contracts/replay.ts'
import { replayDecision } from '../../../../../lib/engine/replay-decision.ts'
import { defineRoute } from '../../../../../lib/server/define-route.ts'
import { otherMethods } from '../../../../../lib/server/refusals.ts'

export const GET = defineRoute(getReplay, ({ deps, params }) => replayDecision(deps, { ...params, edit: null }))

export const POST = defineRoute(postReplay, ({ deps, params, body }) => replayDecision(deps, { ...params, edit: body }))

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST)
