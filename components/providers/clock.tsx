'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'

interface Clock {
  /** When the server rendered: the first render in the browser must say the same. */
  renderedAt: number
  /** The viewer's time zone; UTC until the browser has told it once. */
  zone: string
}

const ClockContext = createContext<Clock>({ renderedAt: 0, zone: 'UTC' })

/** A tick for all: one timer for every clock and every relative time of the page. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const one of listeners) one()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Whole seconds, so that a snapshot stays equal between two ticks. */
function currentSecond(): number {
  return Math.floor(Date.now() / 1_000) * 1_000
}

/** Now, in epoch milliseconds, renewed every second. */
export function useNow(): number {
  const { renderedAt } = useContext(ClockContext)
  return useSyncExternalStore(subscribe, currentSecond, () => renderedAt)
}

export function useZone(): string {
  return useContext(ClockContext).zone
}

interface ClockProviderProps extends Clock {
  children: ReactNode
}

export function ClockProvider({ renderedAt, zone: told, children }: ClockProviderProps) {
  const [zone, setZone] = useState(told)
  // The external system is the browser: only it knows the zone. The cookie lets the server know it next time.
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (own === told) return
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `zone=${encodeURIComponent(own)}; path=/; max-age=31536000; samesite=lax`
    setZone(own)
  }, [told])
  const clock = useMemo(() => ({ renderedAt, zone }), [renderedAt, zone])
  return <ClockContext value={clock}>{children}</ClockContext>
}
