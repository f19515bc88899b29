const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How people write units, in both languages. */
const UNITS: readonly { ms: number; names: RegExp }[] = [
  { ms: 1, names: /^(ms|milliseconds?|毫秒)$/ },
  { ms: SECOND, names: /^(s|secs?|seconds?|秒钟?)$/ },
  { ms: MINUTE, names: /^(m|mins?|minutes?|分钟?)$/ },
  { ms: HOUR, names: /^(h|hrs?|hours?|小时|时)$/ },
  { ms: DAY, names: /^(d|days?|天|日)$/ },
]

const PART = /(\d+(?:[.,]\d+)?)\s*([a-z]+|[\u4e00-\u9fff]+)/gy

/** A duration as a person types it, in milliseconds: `30 min`, `1h30m`, `2 分钟`, `0`. Null: it cannot be told; a bare number has no unit. */
export function parseDuration(typed: string): number | null {
  const text = typed.trim().toLowerCase()
  if (text === '0') return 0
  let sum = 0
  let at = 0
  const used = new Set<number>()
  while (at < text.length) {
    PART.lastIndex = at
    const part = PART.exec(text)
    const unit = UNITS.find(({ names }) => names.test(part?.[2] ?? ''))
    // The same unit twice is a slip, such as `1h 30h`.
    if (part?.[1] === undefined || unit === undefined || used.has(unit.ms)) return null
    used.add(unit.ms)
    sum += Number(part[1].replace(',', '.')) * unit.ms
    at = PART.lastIndex + (/^[\s,]*/.exec(text.slice(PART.lastIndex))?.[0].length ?? 0)
  }
  return used.size === 0 ? null : Math.round(sum)
}

/** So that `parseDuration` gives the same again: `1 h 30 min`. */
export function writeDuration(ms: number): string {
  const units = [
    { ms: DAY, name: 'd' },
    { ms: HOUR, name: 'h' },
    { ms: MINUTE, name: 'min' },
    { ms: SECOND, name: 's' },
    { ms: 1, name: 'ms' },
  ]
  let rest = ms
  const parts = units.flatMap((unit) => {
    const amount = Math.floor(rest / unit.ms)
    rest -= amount * unit.ms
    return amount === 0 ? [] : [`${amount} ${unit.name}`]
  })
  return parts.length === 0 ? '0 s' : parts.join(' ')
}
