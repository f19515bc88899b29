import type { IncidentDetail } from '../../lib/client/incidents.ts'
import { trafficTrend } from '../../lib/core/traffic.ts'
import type { Evidence } from './story.ts'

export type Together = IncidentDetail['together']

/** Whether there is anything beside the deploy itself that a person should know of. What could not be told is nothing. */
export function hasElse(evidence: Evidence | null, together: Together): boolean {
  const configs = evidence?.configs?.of ?? []
  const trend = evidence?.traffic === undefined ? 'unknown' : trafficTrend(evidence.traffic)
  const isWritten = configs.some(({ state }) => state === 'changed' || state === 'gone')
  return isWritten || (together?.of.length ?? 0) > 0 || trend === 'surge' || trend === 'drop'
}

/** Whether it was looked for at all: records of before have nothing of it. */
export function wasLookedFor(evidence: Evidence | null, together: Together): boolean {
  return evidence?.configs !== undefined || evidence?.traffic !== undefined || together !== null
}

/** As people say a rate: `0.4`, `12`, `1,318`. */
export function rateText(perSecond: number, locale: string): string {
  return new Intl.NumberFormat(locale, perSecond < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 }).format(perSecond)
}

/** `3.2`, `0.05`, `12` */
export function ratioText(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(ratio)
}
