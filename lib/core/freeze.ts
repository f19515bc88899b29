import type { Instant } from './json.ts'

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * A time in which nothing is done by itself: once, or every week. A weekly one begins on each of its days at `from` and lasts until the
 * next `to`, past midnight if need be, both `HH:MM` on the clocks of its time zone (`Europe/Berlin`).
 */
export type FreezeWindow =
  | { kind: 'once'; startsAt: Instant; endsAt: Instant; reason: string }
  | { kind: 'weekly'; days: readonly Weekday[]; from: string; to: string; timeZone: string; reason: string }

export interface Frozen {
  reason: string
  endsAt: Instant
}

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60

/** The window that freezes now and stands longest; null: none does. One whose time zone nobody knows freezes nothing. */
export function frozenNow(windows: readonly FreezeWindow[], now: Instant): Frozen | null {
  const all = windows.flatMap((window) => {
    const endsAt = window.kind === 'once' ? endOfOnce(window, now) : endOfWeekly(window, now)
    return endsAt === null ? [] : [{ reason: window.reason, endsAt }]
  })
  return all.reduce<Frozen | null>((longest, one) => (longest === null || one.endsAt > longest.endsAt ? one : longest), null)
}

function endOfOnce({ startsAt, endsAt }: Extract<FreezeWindow, { kind: 'once' }>, now: Instant): Instant | null {
  return now >= startsAt && now < endsAt ? endsAt : null
}

function endOfWeekly({ days, from, to, timeZone }: Extract<FreezeWindow, { kind: 'weekly' }>, now: Instant): Instant | null {
  const local = localTime(now, timeZone)
  if (local === null) return null
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const lastsMinutes = (end - begin + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES
  // One that began yesterday may last until now.
  for (const daysAgo of [0, 1]) {
    const day = WEEKDAYS[(local.weekday - daysAgo + 7) % 7]
    const sinceBegin = local.minutes + daysAgo * DAY_MINUTES - begin
    if (day === undefined || !days.includes(day) || sinceBegin < 0 || sinceBegin >= lastsMinutes) continue
    const endsAt = Math.floor(now / MINUTE) * MINUTE + (lastsMinutes - sinceBegin) * MINUTE
    return onTheClock(endsAt, end, timeZone)
  }
  return null
}

/** When clocks are set meanwhile, the end is that of the clock on the wall. */
function onTheClock(at: Instant, minutes: number, timeZone: string): Instant {
  const shown = localTime(at, timeZone)?.minutes ?? minutes
  const off = (((shown - minutes + DAY_MINUTES / 2) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
  return at - (off - DAY_MINUTES / 2) * MINUTE
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

function localTime(at: Instant, timeZone: string): { weekday: number; minutes: number } | null {
  if (!isTimeZone(timeZone)) return null
  const format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const weekday = WEEKDAYS.indexOf((parts['weekday'] ?? '').toLowerCase() as Weekday)
  return { weekday, minutes: Number(parts['hour']) * 60 + Number(parts['minute']) }
}

/** Whether it is the name of a time zone, such as `Europe/Berlin` or `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
