import { z } from 'zod'
import { operation } from './operation.ts'

export const getOpenapi = operation({
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This description',
  access: 'public',
  kind: 'json',
  reply: z.record(z.string(), z.unknown()),
})
