import { classNames } from './class-names.ts'

/** The place of something that is on its way, in its final size: give it the height of what will stand there. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('h-4 animate-sheen rounded-control bg-sunken', className)} />
}

/** Rows of a list that is on its way. */
export function SkeletonRows({ rows, className }: { rows: number; className?: string }) {
  return (
    <div className="space-y-2">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never change places
        <Skeleton key={row} className={classNames('h-11', className)} />
      ))}
    </div>
  )
}
