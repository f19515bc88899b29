import { z } from 'zod'
import { operation } from './operation.ts'

/** Which rows changed: ids only, to be fetched again. `resync`: something may have been missed, fetch everything again. */
const change = z.object({
  kind: z.enum(['incident', 'rollback', 'decision', 'workload', 'control', 'policy', 'resync']),
  ids: z.array(z.string()),
})

export const getStream = operation({
  method: 'GET',
  path: '/api/stream',
  summary: 'Ids of what changes, as server-sent events. After every connection: fetch anew',
  access: 'viewer',
  kind: 'stream',
  reply: change,
})
