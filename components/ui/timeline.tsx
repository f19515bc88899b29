'use client'

import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Instant, useDay } from './time.tsx'
import { FILL, type Tone } from './tone.ts'

export interface TimelineEntry {
  key: string
  at: number
  tone: Tone
  title: ReactNode
  /** Who, or values. */
  detail?: ReactNode
}

/** What happened, one line each, with the clock; the day stands above where it is not today, and where it changes. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  const day = useDay()
  return (
    <ol aria-label={label} className="relative">
      {entries.map(({ key, at, tone, title, detail }, index) => (
        <li key={key} className="flex flex-wrap gap-x-3 pb-3.5 last:pb-0">
          {heading(entries, index, day) && <span className="w-full pb-1 text-xs font-semibold text-text-2">{day(at).name}</span>}
          <span className="w-[4.25rem] shrink-0 pt-px font-mono text-xs leading-5 text-text-3">
            <Instant at={at} show="time" />
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

function heading(entries: readonly TimelineEntry[], index: number, day: ReturnType<typeof useDay>): boolean {
  const [entry, before] = [entries[index], entries[index - 1]]
  if (entry === undefined) return false
  return before === undefined ? !day(entry.at).isToday : day(before.at).name !== day(entry.at).name
}
