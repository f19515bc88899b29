import { z } from 'zod'
import type { AuditEntry } from '../core/audit.ts'
import type { JsonValue } from '../core/json.ts'
import { actor } from './actor.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { pageOf, pageQuery } from './page.ts'
import { recordedAs } from './recorded.ts'
import { sameAs } from './same-as.ts'

const recordedJson = recordedAs<JsonValue>()

const auditEntry = sameAs<AuditEntry>()(
  z.object({
    id: z.string(),
    at: instant,
    actor,
    action: z.string(),
    target: z.string(),
    reason: z.string().nullable(),
    before: recordedJson,
    after: recordedJson,
    address: z.string().nullable(),
    requestId: z.string().nullable(),
  }),
)

export const listAudit = operation({
  method: 'GET',
  path: '/api/audit',
  summary: 'Who changed what, newest first',
  access: 'viewer',
  kind: 'json',
  query: pageQuery,
  reply: pageOf(auditEntry),
})
