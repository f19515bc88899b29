'use client'

import { useCallback } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { speakAge } from '../../lib/client/duration.ts'
import { useNow, useZone } from '../providers/clock.tsx'
import { Tooltip } from './tooltip.tsx'

type Form = 'clock' | 'seconds' | 'time' | 'full'

/** Says an instant in the viewer's zone: the time alone today, with the day on others. */
export function useClockTime(): (at: number, form?: Form) => string {
  const locale = useLocale()
  const zone = useZone()
  const now = useNow()
  return useCallback((at: number, form: Form = 'clock') => clockTime(at, { locale, zone, now: dayStart(now), form }), [locale, zone, now])
}

/** Coarse on purpose: within one day the same. */
function dayStart(now: number): number {
  return now - (now % 60_000)
}

function clockTime(at: number, { locale, zone, now, form }: { locale: string; zone: string; now: number; form: Form }): string {
  const day = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant)
  const isToday = day(at) === day(now)
  const isThisYear = day(at).slice(0, 4) === day(now).slice(0, 4)
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    ...(form === 'clock' ? {} : { second: '2-digit' }),
    ...(form === 'time' || (isToday && form !== 'full') ? {} : { day: 'numeric', month: 'short' }),
    ...(form === 'time' || (isThisYear && form !== 'full') ? {} : { year: 'numeric' }),
  }).format(at)
}

/** The day of an instant in the viewer's zone, for a heading; and whether that is today. */
export function useDay(): (at: number) => { name: string; isToday: boolean } {
  const locale = useLocale()
  const zone = useZone()
  const now = useNow()
  const day = (at: number) => new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' }).format(at)
  return (at) => ({ name: day(at), isToday: day(at) === day(now) })
}

/** How long ago, or how long until: "3 min ago", "in 2 h". */
export function useRelativeTime(): (at: number) => string {
  const ago = useTranslations('common.ago')
  const ahead = useTranslations('common.ahead')
  const now = useNow()
  return useCallback(
    (at: number) => {
      const spoken = speakAge(now - at)
      const t = at > now ? ahead : ago
      return spoken === 'now' ? t('now') : t(spoken.unit, { amount: spoken.amount })
    },
    [ago, ahead, now],
  )
}

interface InstantProps {
  at: number
  /** `both`: relative with the clock time beside it; `time`: to the second, where the day stands above. The exact instant is on hover. */
  show?: 'relative' | 'clock' | 'seconds' | 'time' | 'both'
}

/** A moment: relative, exact in the viewer's zone, and UTC on hover, focus and for a reader. */
export function Instant({ at, show = 'relative' }: InstantProps) {
  const t = useTranslations('common')
  const relative = useRelativeTime()
  const clock = useClockTime()
  const exact = clock(at, show === 'seconds' || show === 'time' ? show : 'clock')
  const utc = `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}`
  const shown = { relative: relative(at), clock: exact, seconds: exact, time: exact, both: relative(at) }[show]
  return (
    <Tooltip text={t('instant', { local: clock(at, 'full'), utc })}>
      <time dateTime={new Date(at).toISOString()} className="whitespace-nowrap tabular-nums">
        {shown}
        {show === 'both' && <span className="text-text-3"> · {exact}</span>}
      </time>
    </Tooltip>
  )
}
