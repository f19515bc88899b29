'use client'

import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const look = cva(
  'touch-target inline-flex items-center justify-center gap-2 max-w-full min-w-0 rounded-control border px-3.5 py-1.5 text-sm leading-tight font-semibold break-words select-none transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'border-line-strong bg-surface text-text hover:bg-sunken',
        danger: 'border-transparent bg-bad text-on-bad hover:bg-bad-strong',
        ghost: 'border-transparent bg-transparent text-text-2 hover:bg-sunken hover:text-text',
      },
      wide: { true: 'w-full', false: '' },
    },
    defaultVariants: { variant: 'secondary', wide: false },
  },
)

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof look> {
  /** Shows that it works, and takes no second press. */
  busy?: boolean
  /** Gives its look to the one child, a link for example. */
  asChild?: boolean
}

/** What one can press. The label names what will happen. */
export function Button({ variant, wide, busy = false, asChild = false, className, children, disabled, type, ...rest }: ButtonProps) {
  const classes = classNames(look({ variant, wide }), className)
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button type={type ?? 'button'} className={classes} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <LoaderCircle aria-hidden className="animate-spin motion-reduce:animate-none" />}
      {children}
    </button>
  )
}
