'use client'

import { ErrorNotice } from '../ui/error-notice.tsx'

/** A page that broke, in the words of every other error. */
export function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className="mx-auto max-w-[46rem] px-4 py-10">
      <ErrorNotice error={error} onRetry={onRetry} />
    </div>
  )
}
