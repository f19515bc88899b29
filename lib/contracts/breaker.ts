import { z } from 'zod'
import type { Breaker } from '../core/breaker.ts'
import { actor } from './actor.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { phase } from './rollback.ts'
import { sameAs } from './same-as.ts'
import { statedReason } from './stated-reason.ts'
import { workloadRef } from './workload-ref.ts'

const breaker = sameAs<Breaker>()(
  z.object({
    state: z.enum(['open', 'closed']),
    spent: z.int(),
    count: z.int(),
    windowMs: z.number(),
    rollbacks: z.array(
      z.object({
        id: z.string(),
        at: instant,
        workload: workloadRef,
        phase,
        incidentId: z.string().nullable(),
        from: z.int(),
        to: z.int(),
      }),
    ),
    openSince: instant.nullable(),
    closesAt: instant.nullable(),
    lastClosed: z.object({ at: instant, actor, reason: z.string(), letOff: z.int() }).nullable(),
    version: z.int(),
  }),
)

export const getBreaker = operation({
  method: 'GET',
  path: '/api/breaker',
  summary: 'Whether the budget of rollbacks by alerts is spent, by what, and when the breaker closes by itself',
  access: 'viewer',
  kind: 'json',
  reply: breaker,
})

export const postBreaker = operation({
  method: 'POST',
  path: '/api/breaker',
  summary: 'Close an open breaker before its time. 409 when it is not open, or when somebody was faster',
  access: 'operator',
  kind: 'json',
  mutates: true,
  body: z.strictObject({
    action: z.literal('close'),
    reason: statedReason,
    /** Of the breaker that was seen; a change that came in between is then a conflict. */
    version: z.int().min(1).nullable().default(null),
  }),
  reply: breaker,
})
