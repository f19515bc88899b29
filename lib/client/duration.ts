/** A duration as people say it: the two largest units that count. The words are in `messages/`, under `common.duration`. */
export interface SpokenDuration {
  form: 'ms' | 'seconds' | 'minutes' | 'minutesSeconds' | 'hours' | 'hoursMinutes' | 'days' | 'daysHours'
  values: { big: number; small: number }
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Below ten seconds with one digit, since that is where a decision's speed shows. Negative counts as none. */
export function speakDuration(ms: number): SpokenDuration {
  const length = Math.max(0, ms)
  if (length < SECOND) return { form: 'ms', values: { big: Math.round(length), small: 0 } }
  const tenths = Math.round(length / 100) / 10
  if (tenths < 10) return { form: 'seconds', values: { big: tenths, small: 0 } }
  const seconds = Math.round(length / SECOND)
  if (seconds < 60) return { form: 'seconds', values: { big: seconds, small: 0 } }
  if (seconds < 3_600) return two('minutes', 'minutesSeconds', seconds, 60)
  const minutes = Math.round(length / MINUTE)
  if (minutes < 24 * 60) return two('hours', 'hoursMinutes', minutes, 60)
  return two('days', 'daysHours', Math.round(length / HOUR), 24)
}

function two(one: SpokenDuration['form'], both: SpokenDuration['form'], amount: number, per: number): SpokenDuration {
  const small = amount % per
  return { form: small === 0 ? one : both, values: { big: Math.floor(amount / per), small } }
}

/** A clock that runs: `0:52`, `12:05`, `1:02:09`. Digits only, so that nothing moves while it ticks. */
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** How long ago, in the unit that says enough: for a relative time. */
export function speakAge(ms: number): { unit: 'second' | 'minute' | 'hour' | 'day'; amount: number } | 'now' {
  const age = Math.abs(ms)
  if (age < 5 * SECOND) return 'now'
  if (age < MINUTE) return { unit: 'second', amount: Math.floor(age / SECOND / 5) * 5 }
  if (age < HOUR) return { unit: 'minute', amount: Math.floor(age / MINUTE) }
  if (age < DAY) return { unit: 'hour', amount: Math.floor(age / HOUR) }
  return { unit: 'day', amount: Math.floor(age / DAY) }
}
