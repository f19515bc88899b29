import { noRoute } from '../../../lib/server/refusals.ts'

/** Every path below /api that is no route: a script asked, and gets a problem instead of a page. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = noRoute()
