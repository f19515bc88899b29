import type { ReactNode } from 'react'
import { TEXT, type Tone } from './tone.ts'

/** A part of a sentence with the colour of its meaning; the words say it too. */
function Coloured({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={TEXT[tone]}>{children}</span>
}

/** For `t.rich`: `<good>`, `<bad>`, `<busy>`, `<hold>`, `<dry>` and `<b>` in a message. */
export const COLOURS = {
  good: (chunks: ReactNode) => <Coloured tone="good">{chunks}</Coloured>,
  bad: (chunks: ReactNode) => <Coloured tone="bad">{chunks}</Coloured>,
  busy: (chunks: ReactNode) => <Coloured tone="busy">{chunks}</Coloured>,
  hold: (chunks: ReactNode) => <Coloured tone="hold">{chunks}</Coloured>,
  dry: (chunks: ReactNode) => <Coloured tone="dry">{chunks}</Coloured>,
  b: (chunks: ReactNode) => <strong className="font-semibold text-text">{chunks}</strong>,
}
