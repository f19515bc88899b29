import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { FILL, SOFT, type Tone } from './tone.ts'

interface BadgeProps {
  tone: Tone
  children: ReactNode
  /** In place of the dot. */
  icon?: ReactNode
  className?: string
}

/** A state in a word, with its colour. */
export function Badge({ tone, children, icon, className }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-6 items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs leading-tight font-semibold [&_svg]:size-3.5 [&_svg]:shrink-0',
        SOFT[tone],
        className,
      )}
    >
      {icon ?? <span aria-hidden className={classNames('size-1.5 shrink-0 rounded-full', FILL[tone])} />}
      {children}
    </span>
  )
}
