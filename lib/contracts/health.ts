import { z } from 'zod'
import { operation } from './operation.ts'

const part = z.object({
  name: z.enum(['database', 'worker', 'kubernetes', 'prometheus']),
  status: z.enum(['up', 'down', 'not_configured']),
  /** Why it is down; null while it is up. */
  detail: z.string().nullable(),
})

export const getLive = operation({
  method: 'GET',
  path: '/api/health/live',
  summary: 'The process is up. Asks nothing else',
  access: 'public',
  kind: 'json',
  reply: z.object({ status: z.literal('up') }),
})

export const getReady = operation({
  method: 'GET',
  path: '/api/health/ready',
  summary: 'Which part is down. 503 only when the database or the worker is',
  access: 'public',
  kind: 'json',
  reply: z.object({ status: z.enum(['up', 'down']), parts: z.array(part) }),
})
