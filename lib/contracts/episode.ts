import { z } from 'zod'
import type { Episode } from '../core/alert.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

const labels = z.record(z.string(), z.string())

/** One firing stretch of an alert. */
export const episode = sameAs<Episode>()(
  z.object({
    id: z.string(),
    version: z.int(),
    fingerprint: z.string(),
    status: z.enum(['firing', 'resolved']),
    labels,
    annotations: labels,
    generatorUrl: z.string(),
    startsAt: instant,
    resolvedAt: instant.nullable(),
    receivedAt: instant,
    lastSeenAt: instant,
    truncatedAlerts: z.int(),
    workloadId: z.string().nullable(),
    incidentId: z.string().nullable(),
    nextEvaluationAt: instant.nullable(),
    askAgainUntil: instant.nullable(),
  }),
)
