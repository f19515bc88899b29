'use client'

import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'

interface RadioCardsProps {
  /** Names the group. */
  label: string
  /** Null: nothing is chosen. */
  value: string | null
  onChange: (value: string) => void
  options: readonly { value: string; content: ReactNode }[]
}

/** One of several, each with enough said to choose by: one below the other, as wide as a thumb likes. */
export function RadioCards({ label, value, onChange, options }: RadioCardsProps) {
  return (
    <RadioGroup.Root value={value ?? ''} onValueChange={onChange} aria-label={label} className="space-y-2">
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="group touch-target flex w-full items-start gap-3 rounded-control border border-line-strong bg-surface px-3 py-2 text-left hover:bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span
            aria-hidden
            className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-edge bg-surface group-data-[state=checked]:border-accent"
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          {option.content}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
