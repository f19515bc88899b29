import { getBreaker, postBreaker } from '../../../lib/contracts/breaker.ts'
import { closeBreaker } from '../../../lib/engine/close-breaker.ts'
import { readBreaker } from '../../../lib/engine/read-breaker.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(getBreaker, ({ deps }) => readBreaker(deps))

export const POST = defineRoute(postBreaker, ({ deps, body: { reason, version }, caller }) =>
  closeBreaker(deps, { caller, reason, version }),
)

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST)
