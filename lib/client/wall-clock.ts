const MINUTE = 60_000

/** What the clocks of a zone show at an instant. */
export function wallClock(at: number, zone: string) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') }
}

/** The instant at which the zone's clocks show a wall time, given as if it were UTC. */
export function instantOfWall(wallAsUtc: number, zone: string): number {
  const offset = (at: number) => {
    const wall = wallClock(at, zone)
    return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute) - Math.floor(at / MINUTE) * MINUTE
  }
  const guess = wallAsUtc - offset(wallAsUtc)
  // The offset of the guess is that of the wanted time, unless the clocks change in between.
  return wallAsUtc - offset(guess)
}

/** As an input of date and time takes it: `2026-12-24T18:00`. */
export function wallText(at: number, zone: string): string {
  const { year, month, day, hour, minute } = wallClock(at, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}

/** The other way; null: it is none. */
export function instantOfText(text: string, zone: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null
  const asUtc = Date.parse(`${text.slice(0, 16)}Z`)
  return Number.isNaN(asUtc) ? null : instantOfWall(asUtc, zone)
}
