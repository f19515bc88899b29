import type { Clock } from '../clock.ts'
import type { Webhook } from './routing.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000
const ANSWER_WITHIN_MS = 10_000

export type Outcome = 'delivered' | 'refused' | 'gave_up'

/**
 * Posts a body until it is taken. No answer and 5xx are tried again, each time after half as long again, for so long as is
 * given; 4xx never: Alertmanager's `notify/util.go`.
 */
export async function deliver(webhook: Webhook, body: string, options: { clock: Clock; forMs: number }): Promise<Outcome> {
  const { clock, forMs } = options
  const until = clock.now() + forMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const status = await post(webhook, body)
    if (status !== null && status >= 200 && status < 300) return 'delivered'
    if (status !== null && status < 500) return 'refused'
    if (clock.now() + pauseMs > until) return 'gave_up'
    await new Promise<void>((resume) => void clock.after(pauseMs, resume))
  }
}

/** Null: no answer. */
async function post({ url, authorization }: Webhook, body: string): Promise<number | null> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'user-agent': 'Alertmanager/sandbox' }
  if (authorization !== null) headers['authorization'] = authorization
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS), redirect: 'manual' })
    await response.arrayBuffer()
    return response.status
  } catch {
    return null
  }
}
