import { z } from 'zod'
import { orNull } from './or-null.ts'

/** Lists page by cursor: give `nextCursor` back as `cursor`. Unknown names are refused: a misspelt filter must not show everything. */
export const pageQuery = z.strictObject({
  cursor: orNull(z.string().min(1).max(500)),
  limit: z.coerce.number<string>('is no number').int().min(1).max(200).default(50),
})

/** One page; `nextCursor` is null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
