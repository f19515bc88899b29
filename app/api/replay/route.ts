import { postReplayRange } from '../../../lib/contracts/replay.ts'
import { replayRange } from '../../../lib/engine/replay-range.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const POST = defineRoute(postReplayRange, ({ deps, body }) => replayRange(deps, body))

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST)
