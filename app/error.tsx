'use client'

import { BrokenPage } from '../components/shell/broken-page.tsx'

export default function Broken({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main>
      <BrokenPage error={error} onRetry={reset} />
    </main>
  )
}
