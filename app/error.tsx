'use client'

import { BrokenPage } from '../components/shell/broken-page.tsx'

export default function Broken({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto max-w-[68rem] px-4 py-10">
      <BrokenPage error={error} onRetry={reset} />
    </main>
  )
}
