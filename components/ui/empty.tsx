import type { ReactNode } from 'react'

interface EmptyProps {
  icon?: ReactNode
  /** What will appear here. */
  title: ReactNode
  /** The one thing to do for it. */
  children?: ReactNode
  action?: ReactNode
}

/** Nothing yet: an invitation. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center px-4 py-10 text-center text-balance [&>svg]:mb-3 [&>svg]:size-6 [&>svg]:text-text-3">
      {icon}
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-[34rem] text-text-2">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}
