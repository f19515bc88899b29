'use client'

import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

const ITEM =
  'touch-target flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1 outline-none select-none data-highlighted:bg-sunken data-disabled:cursor-not-allowed data-disabled:text-text-3 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-2'

interface MenuProps {
  /** One button. */
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'end'
}

export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={landmark()}>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-56 max-w-80 animate-appear overflow-y-auto rounded-card border border-line bg-surface p-1.5 shadow-lift"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  children: ReactNode
  onSelect?: () => void
  disabled?: boolean
  /** Gives its behaviour to the one child, a link. */
  asChild?: boolean
}

/** What opens stands inside a landmark, so that who jumps from one to the next does not miss it. */
function landmark(): HTMLElement | null {
  return typeof document === 'undefined' ? null : document.getElementById('content')
}

export function MenuItem({ children, onSelect, disabled, asChild }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={ITEM} onSelect={onSelect} disabled={disabled} asChild={asChild}>
      {children}
    </DropdownMenu.Item>
  )
}

function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 pt-1.5 pb-1 text-xs font-semibold text-text-3">{children}</DropdownMenu.Label>
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="mx-1 my-1.5 h-px bg-line" />
}

interface MenuChoiceProps<Value extends string> {
  label: ReactNode
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode; lang?: string }[]
}

/** One of a few, within a menu. */
export function MenuChoice<Value extends string>({ label, value, onChange, options }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.Group>
      <MenuLabel>{label}</MenuLabel>
      <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
        {options.map((option) => (
          <DropdownMenu.RadioItem key={option.value} value={option.value} className={ITEM} lang={option.lang}>
            <span className="grid size-4 place-items-center">
              <DropdownMenu.ItemIndicator>
                <Check aria-hidden className="size-4 text-accent" />
              </DropdownMenu.ItemIndicator>
            </span>
            {option.label}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </DropdownMenu.Group>
  )
}
