import type { Instant } from '../json.ts'

/** Milliseconds since minute 0 of a story, which is when its last deploy was unless it says otherwise; before it is negative. */
export type Time = number

/** Minute 0 of every story: a Monday, 10:00 UTC. */
export const MINUTE_ZERO: Instant = Date.UTC(2026, 0, 5, 10, 0, 0)

export function seconds(count: number): Time {
  return count * 1_000
}

export function minutes(count: number): Time {
  return count * 60_000
}

export function hours(count: number): Time {
  return minutes(count * 60)
}

export function days(count: number): Time {
  return hours(count * 24)
}

/** From when to when; `to` null: it goes on. */
export interface Span {
  from: Time
  to: Time | null
}

export function isWithin(span: Span | undefined, at: Time): boolean {
  return span !== undefined && span.from <= at && (span.to === null || at < span.to)
}
