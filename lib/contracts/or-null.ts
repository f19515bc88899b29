import type { z } from 'zod'

/** A parameter that may be left out: null then, as the ports want it. */
export function orNull<S extends z.ZodType>(schema: S) {
  return schema.optional().transform((value): z.output<S> | null => value ?? null)
}
