import { getStream } from '../../../lib/contracts/stream.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'

export const GET = defineRoute(
  getStream,
  ({ deps }) =>
    (send) =>
      deps.changes.subscribe(send),
)
