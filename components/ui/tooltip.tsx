'use client'

import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** Once, around the application. */
export const TooltipProvider = Radix.Provider

interface TooltipProps {
  text: ReactNode
  /** One element, which takes the pointer and, if it can, the focus. */
  children: ReactNode
}

/** A word more on hover and focus. Nothing that one needs stands only here. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <Radix.Root delayDuration={250}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-appear rounded-control bg-text px-2.5 py-1.5 text-xs text-bg shadow-lift"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
