import { z } from 'zod'
import { operation } from './operation.ts'

export const getMetrics = operation({
  method: 'GET',
  path: '/metrics',
  summary: 'What this process counted, for Prometheus',
  access: 'public',
  kind: 'text',
  mediaType: 'text/plain; version=0.0.4; charset=utf-8',
  reply: z.string(),
})
