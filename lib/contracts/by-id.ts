import { z } from 'zod'

/** The id of a row in a path. */
export const byId = z.object({ id: z.guid('is no id') })
