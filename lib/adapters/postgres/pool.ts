import type { Socket } from 'node:net'
import { type ClientBase, Pool } from 'pg'
import type { Log } from '../../ports.ts'

/** Connections of one replica for its transactions and reads; the queue and the listener have their own. */
const LIMITS = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  /** The server gives up first; the client's limit is for a server that went silent. */
  statement_timeout: 8_000,
  query_timeout: 10_000,
  idle_in_transaction_session_timeout: 20_000,
}

/** Connects on first use. */
export function createPool(url: string, log: Log, limits: Partial<typeof LIMITS> = {}): Pool {
  const pool = new Pool({ connectionString: url, application_name: 'snapback', ...LIMITS, ...limits })
  // An idle connection that breaks is replaced; unheard, its error would end the process.
  pool.on('error', (error) => log.warn('postgres.connection-lost', { code: (error as { code?: string }).code }))
  pool.on('connect', dropWhenSilent)
  return pool
}

/**
 * pg goes on using a connection whose query timed out. If the network swallowed it, as in a failover, every later
 * transaction on it would wait for its own time-out, until TCP gives up after a quarter of an hour.
 */
export function dropWhenSilent(client: ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const watched = (...args: unknown[]) => {
    const answer = query(...args)
    if (answer instanceof Promise) answer.catch((error: Error) => error.message === 'Query read timeout' && drop(client))
    return answer
  }
  client.query = watched as typeof client.query
}

function drop(client: ClientBase): void {
  const { connection } = client as unknown as { connection: { stream: Socket } }
  connection.stream.destroy()
}
