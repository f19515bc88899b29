import type { Instant } from '../../lib/core/json.ts'
import type { Fault } from '../faults.ts'

const HOUR = 3_600_000
const NOISE_MS = 20_000

/** Requests a second that a service gets: its own level, the hour of the day (UTC), and some noise that depends on the seed alone. */
export function requestRate(service: string, at: Instant, seed: string): number {
  const level = 25 + 45 * chance(`${seed}/${service}`)
  const hour = (at / HOUR) % 24
  const day = 0.75 + 0.25 * Math.sin(((hour - 8) / 24) * 2 * Math.PI) + 0.1 * Math.sin(((hour - 17) / 12) * 2 * Math.PI)
  return level * day * (0.94 + 0.12 * noise(`${seed}/${service}`, at))
}

/** How a version answers. */
export interface Answers {
  /** Share of answers by status. */
  statuses: Record<string, number>
  /** Half of the answers are faster than this. */
  medianSeconds: number
}

const GOOD: Answers = { statuses: { '200': 0.988, '404': 0.01, '500': 0.002 }, medianSeconds: 0.08 }

/** A crash-looping or leaking version answers well as long as it answers. */
export function answersOf(fault: Fault | null): Answers {
  switch (fault) {
    case 'errors':
      return { ...GOOD, statuses: { '200': 0.87, '404': 0.01, '500': 0.12 } }
    case 'latency':
      return { ...GOOD, medianSeconds: 0.42 }
    default:
      return GOOD
  }
}

/** Share of the answers within some seconds: log-logistic, so 95 % are faster than 2.7 times the median. */
export function shareWithin(seconds: number, medianSeconds: number): number {
  return 1 / (1 + (seconds / medianSeconds) ** -3)
}

/** Mean of that distribution. */
export function meanSeconds(medianSeconds: number): number {
  return (medianSeconds * (Math.PI / 3)) / Math.sin(Math.PI / 3)
}

/** Between 0 and 1, changing smoothly. */
function noise(name: string, at: Instant): number {
  const step = Math.floor(at / NOISE_MS)
  const [before, after] = [chance(`${name}/${step}`), chance(`${name}/${step + 1}`)]
  return before + (after - before) * (at / NOISE_MS - step)
}

/** A number from 0 to 1 for a text, always the same (FNV-1a, with its bits mixed once more). */
export function chance(text: string): number {
  let hash = 2_166_136_261
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
