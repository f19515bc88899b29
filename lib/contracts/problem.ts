import { z } from 'zod'
import type { FieldError } from '../core/errors.ts'
import { sameAs } from './same-as.ts'

const fieldError = sameAs<FieldError>()(z.object({ path: z.string(), message: z.string() }))

/** How every error is told (RFC 9457, `application/problem+json`). `errors` names each field that was wrong. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
  errors: z.array(fieldError).optional(),
})

export type Problem = z.infer<typeof problem>

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'
