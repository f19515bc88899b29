'use client'

import { clockFace } from '../../lib/client/duration.ts'
import { useNow } from '../providers/clock.tsx'

interface RunningClockProps {
  /** When it began, or, with `until`, unused. */
  since: number
  /** When it was stopped; null: it runs. */
  until?: number | null
}

/** Time since an instant, ticking. It keeps its width, and readers are not told every second. */
export function RunningClock({ since, until = null }: RunningClockProps) {
  const now = useNow()
  return (
    <span className="tabular-nums" role="timer" aria-live="off">
      {clockFace((until ?? now) - since)}
    </span>
  )
}

/** Time that is left until an instant; zero afterwards. */
export function Countdown({ to }: { to: number }) {
  const now = useNow()
  return (
    <span className="tabular-nums" role="timer" aria-live="off">
      {clockFace(to - now)}
    </span>
  )
}
