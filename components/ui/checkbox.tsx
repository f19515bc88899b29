import type { ComponentProps, ReactNode } from 'react'

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange'> {
  label: ReactNode
  onChange: (checked: boolean) => void
}

/** A yes or no whose whole line can be pressed. */
export function Checkbox({ label, onChange, ...rest }: CheckboxProps) {
  return (
    <label className="touch-target flex cursor-pointer items-center gap-2.5 py-1">
      <input type="checkbox" className="size-5 shrink-0 accent-accent" onChange={(event) => onChange(event.target.checked)} {...rest} />
      <span>{label}</span>
    </label>
  )
}
