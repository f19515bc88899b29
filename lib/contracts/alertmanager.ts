import { z } from 'zod'
import type { Alert } from '../core/alert.ts'
import type { DeliveryCounts, IgnoredReason } from '../core/delivery.ts'
import type { JsonValue } from '../core/json.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { plainWords } from './plain-words.ts'
import { sameAs } from './same-as.ts'
import { unstorableTexts } from './storable.ts'

/** Of `truncatedAlerts`, an unsigned 64-bit number there. More than this is only wrong. */
const MOST_TRUNCATED = 1_000_000

const texts = z.record(z.string(), z.string())

const alert = z
  .object({
    status: z.enum(['firing', 'resolved']),
    labels: texts,
    annotations: texts.default({}),
    startsAt: instant,
    endsAt: instant.optional(),
    generatorURL: z.string().default(''),
    fingerprint: z.string().min(1).max(128),
  })
  .transform(
    ({ generatorURL, endsAt, ...rest }): Alert => ({
      ...rest,
      generatorUrl: generatorURL,
      endsAt: rest.status === 'resolved' ? ended(endsAt) : null,
    }),
  )

/** Go's zero time, the year 1, stands for "not known". */
function ended(endsAt: number | undefined): number | null {
  return endsAt === undefined || new Date(endsAt).getUTCFullYear() <= 1 ? null : endsAt
}

interface Delivery {
  alerts: Alert[]
  /** What was wrong with an alert costs only that alert. */
  rejected: DeliveryCounts['rejected']
  truncated: number
}

/**
 * A delivery of Alertmanager (webhook version 4). Fields that we do not know are accepted: newer versions add some. It is
 * refused as a whole only when not one alert of it can be used.
 */
const delivery = z
  .object({
    version: z.literal('4', 'must be "4"'),
    alerts: z.array(
      z.unknown().describe('status, labels, annotations, startsAt, endsAt, generatorURL and fingerprint, as Alertmanager sends them'),
    ),
    truncatedAlerts: z.number().min(0).default(0),
  })
  .transform(({ alerts, truncatedAlerts }, context): Delivery => {
    const read = alerts.map(readAlert)
    const usable = read.flatMap((one) => ('alert' in one ? [one.alert] : []))
    const rejected = read.flatMap((one) => ('alert' in one ? [] : [one]))
    if (usable.length === 0) {
      for (const { path, message } of rejected) context.addIssue({ code: 'custom', path: path.split('.'), message })
      if (rejected.length === 0) context.addIssue({ code: 'custom', path: ['alerts'], message: 'holds no alert' })
    }
    return { alerts: usable, rejected, truncated: Math.min(truncatedAlerts, MOST_TRUNCATED) }
  })

function readAlert(given: unknown, index: number): { alert: Alert } | DeliveryCounts['rejected'][number] {
  const at = (path: readonly PropertyKey[], message: string) => ({ index, path: ['alerts', index, ...path].map(String).join('.'), message })
  const [unstorable] = unstorableTexts(given as JsonValue)
  if (unstorable !== undefined) return at(unstorable.path === '' ? [] : [unstorable.path], unstorable.message)
  const parsed = alert.safeParse(given, { error: plainWords })
  if (parsed.success) return { alert: parsed.data }
  const [issue] = parsed.error.issues
  return at(issue?.path ?? [], issue?.message ?? 'is no alert')
}

const ignoredReason = sameAs<IgnoredReason>()(z.enum(['no_auto_rollback_label', 'heartbeat']))

const counts = sameAs<DeliveryCounts>()(
  z.object({
    accepted: z.int(),
    duplicate: z.int(),
    ignored: z.object({ count: z.int(), reasons: z.partialRecord(ignoredReason, z.int()) }),
    rejected: z.array(z.object({ index: z.int(), path: z.string(), message: z.string() })),
    truncated: z.int(),
  }),
)

export const postDelivery = operation({
  method: 'POST',
  path: '/api/webhooks/alertmanager',
  summary: 'Deliveries of Alertmanager. 200: stored. 5xx: send again. 4xx: never send again',
  access: 'webhook',
  kind: 'json',
  bodyLimitBytes: 4 * 1024 * 1024,
  body: delivery,
  reply: counts,
})
