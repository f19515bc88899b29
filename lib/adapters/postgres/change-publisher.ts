import type { Pool } from 'pg'
import type { ChangeKind } from '../../ports.ts'
import { type Touched, touch } from './touched.ts'

/** The channel that every replica listens to. */
export const CHANGES_CHANNEL = 'snapback_changes'

const COALESCE_MS = 50
const RETRY_MS = 1_000
/** Postgres takes less than 8000 bytes. */
const LONGEST_PAYLOAD = 7_900

export interface ChangePublisher {
  /** Returns at once: the notification goes out on its own, once for all that happens in 50 ms. */
  publish(touched: Touched): void
  /** Tells what is left, once. */
  close(): Promise<void>
}

/**
 * Tells every replica what this one changed. A NOTIFY inside the transactions would cost more than half of their
 * throughput; a replica that dies in between leaves browsers stale until their next look, and no more.
 */
export function createPublisher(pool: Pick<Pool, 'query'>): ChangePublisher {
  let pending: Touched = new Map()
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  const schedule = (ms: number) => {
    if (!isClosed) timer ??= setTimeout(() => void send(), ms).unref()
  }

  async function send(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    if (pending.size === 0) return
    const sending = pending
    pending = new Map()
    try {
      await pool.query('select pg_notify($1, $2)', [CHANGES_CHANNEL, encode(sending)])
    } catch {
      // What was lost is not known any more: everyone is told to look again, once it works.
      touch(pending, 'resync', 'all')
      schedule(RETRY_MS)
    }
  }

  return {
    publish(touched) {
      if (touched.size === 0) return
      for (const [kind, ids] of touched) for (const id of ids) touch(pending, kind, id)
      schedule(COALESCE_MS)
    },
    close() {
      isClosed = true
      return send()
    },
  }
}

type Change = { kind: ChangeKind; ids: string[] }

function encode(touched: Touched): string {
  const changes = [...touched].map(([kind, ids]) => ({ kind, ids: kind === 'resync' ? [] : [...ids] }))
  const payload = JSON.stringify(changes)
  return touched.has('resync') || Buffer.byteLength(payload) > LONGEST_PAYLOAD ? JSON.stringify([RESYNC]) : payload
}

export const RESYNC: Change = { kind: 'resync', ids: [] }

/** Every kind there is; the compiler sees to it that none is missing. */
const KINDS: Record<ChangeKind, true> = {
  incident: true,
  rollback: true,
  decision: true,
  workload: true,
  control: true,
  policy: true,
  resync: true,
}

/**
 * Anyone who may connect may notify, a replica of another version too: whatever is not exactly ours means that something
 * may have changed, and everything has to be looked at again.
 */
export function decode(payload: string): Change[] {
  try {
    const changes: unknown = JSON.parse(payload)
    return Array.isArray(changes) && changes.length > 0 && changes.every(isChange)
      ? changes.map(({ kind, ids }) => ({ kind, ids }))
      : [RESYNC]
  } catch {
    return [RESYNC]
  }
}

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null) return false
  const { kind, ids } = value as Record<string, unknown>
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind) && Array.isArray(ids) && ids.every((id) => typeof id === 'string')
}
