'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Output } from '../../lib/client/api.ts'
import { listen } from '../../lib/client/listen.ts'
import {
  firstLive,
  isSilent,
  isTouched,
  type LiveEvent,
  type LiveState,
  POLL_EVERY_MS,
  pauseBeforeTry,
  stepLive,
} from '../../lib/client/live.ts'
import type { getStream } from '../../lib/contracts/stream.ts'

const LiveContext = createContext<LiveState>(firstLive(0))

/** Whether what one sees is fresh: live, reconnecting (asked every few seconds) or stale. */
export function useLive(): LiveState {
  return useContext(LiveContext)
}

/** Holds one stream open for the whole application and fetches again what it names. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const router = useRouter()
  const [state, setState] = useState<LiveState>(() => firstLive(0))

  // The external systems are the stream, the timers of its loss, and the answers in the cache.
  useEffect(() => {
    const connection = keepListening(client, {
      changed: setState,
      // Whoever was signed out meanwhile is sent to sign in; whoever was not sees pages made anew by the server.
      foundAgain: () => router.refresh(),
      signedOut: () => router.refresh(),
    })
    return () => connection.abort()
  }, [client, router])

  return <LiveContext value={state}>{children}</LiveContext>
}

interface Told {
  changed(state: LiveState): void
  foundAgain(): void
  signedOut(): void
}

/** Listens, and tries again whenever it ends, until it is aborted. */
function keepListening(client: QueryClient, told: Told): AbortController {
  const ending = new AbortController()
  let state = firstLive(Date.now())
  let attempt = new AbortController()
  let polledAt = 0
  const refetch = gather(client)
  const happened = (event: LiveEvent) => {
    const next = stepLive(state, event)
    if (next.liveness !== state.liveness || next.heardAt !== state.heardAt) told.changed(next)
    state = next
  }

  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) happened({ kind: 'answered', at: Date.now() })
  })
  const timer = setInterval(() => {
    const now = Date.now()
    happened({ kind: 'tick', at: now })
    if (isSilent(state, now)) attempt.abort()
    if (state.failures === 0 || now - polledAt < POLL_EVERY_MS || document.hidden) return
    polledAt = now
    void client.invalidateQueries()
  }, 1_000)
  // A phone that wakes up or a network that is back is no reason to wait.
  const wake = () => state.liveness !== 'live' && attempt.abort()
  // The browser says that it has no network: what it still holds open tells nothing any more.
  const cut = () => attempt.abort()
  window.addEventListener('online', wake)
  window.addEventListener('offline', cut)
  document.addEventListener('visibilitychange', wake)
  ending.signal.addEventListener('abort', () => {
    clearInterval(timer)
    unsubscribe()
    window.removeEventListener('online', wake)
    window.removeEventListener('offline', cut)
    document.removeEventListener('visibilitychange', wake)
    attempt.abort()
  })
  void run()
  return ending

  async function run(): Promise<void> {
    let wasLost = false
    while (!ending.signal.aborted) {
      attempt = new AbortController()
      const end = await listen(
        {
          opened() {
            happened({ kind: 'opened', at: Date.now() })
            // What changed while nobody listened is in no event.
            void client.invalidateQueries()
            if (wasLost) told.foundAgain()
          },
          heard: () => happened({ kind: 'heard', at: Date.now() }),
          changed: refetch,
        },
        attempt.signal,
      )
      if (ending.signal.aborted) return
      wasLost = true
      happened({ kind: 'lost', at: Date.now() })
      if (end === 'unauthenticated') told.signedOut()
      attempt = new AbortController()
      await sleep(pauseBeforeTry(state.failures), attempt.signal)
    }
  }
}

const GATHERS_FOR_MS = 100

/** A rollback's step touches several rows in one moment: they are fetched once. */
function gather(client: QueryClient): (change: Output<typeof getStream>) => void {
  let gathered: Output<typeof getStream>[] = []
  return (change) => {
    gathered.push(change)
    if (gathered.length > 1) return
    setTimeout(() => {
      const changes = gathered
      gathered = []
      void client.invalidateQueries({ predicate: ({ queryKey }) => changes.some((one) => isTouched(queryKey, one)) })
    }, GATHERS_FOR_MS)
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
