import { z } from 'zod'
import { orNull } from './or-null.ts'

const LIMITS = 'must be 1 to 200'

/** Lists page by cursor: give `nextCursor` back as `cursor`. Unknown names are refused: a misspelt filter must not show everything. */
export const pageQuery = z.strictObject({
  cursor: orNull(z.string().min(1).max(500)),
  limit: z.coerce.number<string>(LIMITS).int(LIMITS).min(1, LIMITS).max(200, LIMITS).default(50),
})

/** One page; `nextCursor` is null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
