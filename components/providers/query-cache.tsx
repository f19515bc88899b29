'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { statusOf } from '../../lib/client/api-error.ts'

/** What is worth asking again at once: nothing answered, or something in between was away. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error)
  return status === null || status >= 500
}

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 1 && isPassing(error),
        retryDelay: 1_000,
        // The stream says when something changed, and what is shown is fetched again after it was away.
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** The answers that the page holds, one cache for all. */
export function QueryCache({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
