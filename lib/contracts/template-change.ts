import { z } from 'zod'
import type { JsonValue } from '../core/json.ts'
import type { TemplateChange } from '../core/template-diff.ts'
import { sameAs } from './same-as.ts'

/** A value of a template: any JSON, as the server had it. */
const templateValue = z.codec(z.unknown(), z.custom<JsonValue>(), { decode: (wire) => wire as JsonValue, encode: (value) => value })

/** One difference between two pod templates. */
export const templateChange = sameAs<TemplateChange>()(
  z.object({
    path: z.string(),
    kind: z.enum(['image', 'env', 'other']),
    container: z.string().nullable(),
    before: templateValue,
    after: templateValue,
    masked: z.boolean(),
    volatile: z.boolean(),
  }),
)
