'use client'

import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Instant } from './time.tsx'
import { FILL, type Tone } from './tone.ts'

export interface TimelineEntry {
  key: string
  at: number
  tone: Tone
  title: ReactNode
  /** Who, or values. */
  detail?: ReactNode
}

/** What happened, one line each, with the clock. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  return (
    <ol aria-label={label} className="relative">
      {entries.map(({ key, at, tone, title, detail }, index) => (
        <li key={key} className="flex gap-3 pb-3.5 last:pb-0">
          <span className="w-[4.25rem] shrink-0 pt-px font-mono text-xs leading-5 text-text-3">
            <Instant at={at} show="seconds" />
          </span>
          <span aria-hidden className="relative flex w-2.5 shrink-0 justify-center">
            {index < entries.length - 1 && <span className="absolute top-3 -bottom-5 w-px bg-line-strong" />}
            <span className={classNames('relative mt-1.5 size-2 rounded-full', FILL[tone])} />
          </span>
          <div className="min-w-0 flex-1">
            <div className="break-words">{title}</div>
            {detail && <div className="text-[0.8125rem] break-words text-text-2">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
