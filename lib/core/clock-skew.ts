import type { Instant } from './json.ts'

/**
 * The smallest difference (server minus ours, ms) that explains a Date header. The header has whole seconds and
 * was written somewhere between sending and receiving, so a difference below that is none.
 */
export function skewFromDate(header: string | undefined, sentAt: Instant, receivedAt: Instant): number | null {
  const date = header === undefined ? Number.NaN : Date.parse(header)
  if (Number.isNaN(date)) return null
  const least = date - receivedAt
  const most = date + 1_000 - sentAt
  if (least > 0) return least
  return most < 0 ? most : 0
}
