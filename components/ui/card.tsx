import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A sheet with one subject. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return <section className={classNames('min-w-0 rounded-card border border-line bg-surface', className)} {...rest} />
}

interface CardHeaderProps {
  title: ReactNode
  /** What one should know beside it, at the right. */
  aside?: ReactNode
  /** Names the card for who cannot see it: `aria-labelledby` of the card. */
  id?: string
}

export function CardHeader({ title, aside, id }: CardHeaderProps) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-3.5 pb-2">
      <h2 id={id} className="text-sm font-semibold text-text-2">
        {title}
      </h2>
      {aside && <div className="text-[0.8125rem] text-text-3">{aside}</div>}
    </div>
  )
}

export function CardBody({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={classNames('px-4 pb-4', className)} {...rest} />
}
