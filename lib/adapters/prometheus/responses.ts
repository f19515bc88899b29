import { z } from 'zod'

/** What Prometheus' HTTP API answers, as far as it is read here. Unknown fields are accepted: newer versions add some. */

export const envelope = z.object({
  status: z.enum(['success', 'error']),
  data: z.unknown().optional(),
  errorType: z.string().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).optional(),
})

const labels = z.record(z.string(), z.string())
/** Numbers come as text: `NaN`, `+Inf` and `-Inf` are no JSON. */
const point = z.tuple([z.number(), z.string()]).transform(([seconds, text]) => ({ at: Math.round(seconds * 1_000), value: toNumber(text) }))

function toNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'))
}

export const alertsData = z.object({
  alerts: z.array(z.object({ labels, state: z.string(), activeAt: z.string().transform(toInstant) })),
})

function toInstant(text: string, context: z.RefinementCtx): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) context.addIssue({ code: 'custom', message: 'not an instant' })
  return at
}

const alertingRule = z.object({
  type: z.literal('alerting'),
  name: z.string(),
  query: z.string(),
  /** Seconds. `keepFiringFor` came with Prometheus 2.42. */
  duration: z.number().default(0),
  keepFiringFor: z.number().default(0),
  labels: labels.optional(),
})
const recordingRule = z.object({ type: z.literal('recording'), name: z.string(), query: z.string() })

export const rulesData = z.object({
  groups: z.array(z.object({ interval: z.number(), rules: z.array(z.discriminatedUnion('type', [alertingRule, recordingRule])) })),
})

/** A native histogram is no number: its sample has no `value`. */
const vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ metric: labels, value: point.optional() })),
})
const scalar = z.object({ resultType: z.literal('scalar'), result: point })
export const queryData = z.discriminatedUnion('resultType', [vector, scalar])

export const rangeData = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: labels, values: z.array(point).default([]) })),
})
