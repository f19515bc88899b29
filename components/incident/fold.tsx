import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** What is rarely asked for, behind a line that says what it is. */
export function Fold({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="touch-target flex cursor-pointer list-none items-center gap-1.5 text-text-2 hover:text-text [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform duration-100 group-open:rotate-90 motion-reduce:transition-none"
        />
        {summary}
      </summary>
      {children}
    </details>
  )
}
