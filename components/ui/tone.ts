/** What a colour means. Never alone: a word or an icon stands beside it. */
export type Tone = 'good' | 'bad' | 'busy' | 'hold' | 'dry' | 'accent'

/** Soft ground, strong text. */
export const SOFT: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  busy: 'bg-busy-soft text-busy',
  hold: 'bg-hold-soft text-hold',
  dry: 'bg-dry-soft text-dry',
  accent: 'bg-accent-soft text-accent-strong',
}

export const TEXT: Record<Tone, string> = {
  good: 'text-good',
  bad: 'text-bad',
  busy: 'text-busy',
  hold: 'text-hold',
  dry: 'text-dry',
  accent: 'text-accent-strong',
}

/** A filled dot. */
export const FILL: Record<Tone, string> = {
  good: 'bg-good',
  bad: 'bg-bad',
  busy: 'bg-busy',
  hold: 'bg-hold',
  dry: 'bg-dry',
  accent: 'bg-accent',
}
