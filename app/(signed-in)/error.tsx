'use client'

import { BrokenPage } from '../../components/shell/broken-page.tsx'

export default function BrokenHere({ error, reset }: { error: Error; reset: () => void }) {
  return <BrokenPage error={error} onRetry={reset} />
}
