'use client'

import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface Option<Value extends string> {
  value: Value
  label: ReactNode
  hint?: ReactNode
}

interface ChoiceProps<Value extends string> {
  /** Names the group. */
  label: ReactNode
  value: Value
  onChange: (value: Value) => void
  options: readonly Option<Value>[]
}

/** One of a few, all of them seen: big enough for a thumb. */
export function Choice<Value extends string>({ label, value, onChange, options }: ChoiceProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{label}</legend>
      <RadioGroup.Root
        value={value}
        onValueChange={(next) => onChange(next as Value)}
        className={classNames('grid gap-2', options.length === 3 ? 'grid-cols-3' : 'grid-cols-2')}
        aria-label={typeof label === 'string' ? label : undefined}
      >
        {options.map((option) => (
          <RadioGroup.Item
            key={option.value}
            value={option.value}
            className="touch-target rounded-control border border-line-strong bg-surface px-3 py-1.5 text-left hover:bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:font-semibold data-[state=checked]:text-accent-strong"
          >
            {option.label}
            {option.hint && <span className="block text-[0.8125rem] font-normal text-text-2">{option.hint}</span>}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </fieldset>
  )
}
