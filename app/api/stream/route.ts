import { getStream } from '../../../lib/contracts/stream.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(
  getStream,
  ({ deps }) =>
    (send) =>
      deps.changes.subscribe(send),
)

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
