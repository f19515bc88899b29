import type { ReactNode } from 'react'

/** For who listens and does not see. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>
}
