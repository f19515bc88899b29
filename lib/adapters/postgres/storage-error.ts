import { SnapbackError } from '../../core/errors.ts'
import { conflictError } from './conflict.ts'
import { errorChain } from './error-chain.ts'

/** Codes of Prisma, Postgres and sockets that say: the database cannot do it now, the request is not to blame. */
const UNAVAILABLE: readonly [RegExp, string][] = [
  [/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|P1001|P1003|3D000|DatabaseNotReachable)$/, 'cannot be reached'],
  [/^(ECONNRESET|EPIPE|P1017|ConnectionClosed|08\w{3}|57P0[1-5])$/, 'the connection was lost'],
  [/^(ETIMEDOUT|P1002|P1008|P2024|P2028|57014|55P03|25P03|25P04|SocketTimeout)$/, 'took too long'],
  [/^(P1000|P1010|P1011|28\w{3})$/, 'refused the connection'],
  [/^(P2021|P2022|42P01|42703|3F000)$/, 'is not migrated yet'],
  [/^(P2034|40001|40P01)$/, 'the transaction met another one'],
  [/^(P2037|53\w{3})$/, 'has no room left'],
]

/** The driver gives these no code. */
const UNAVAILABLE_MESSAGES: readonly [RegExp, string][] = [
  [
    /^Connection terminated|^Client has encountered a connection error|^Cannot use a pool after|^Client was closed/,
    'the connection was lost',
  ],
  [/timeout exceeded when trying to connect|^Query read timeout|^Unable to start a transaction in the given time/, 'took too long'],
]

/**
 * What a failed statement means to the caller: `conflict` for a broken constraint, `storage_unavailable` when the
 * database is away. Anything else is a bug and stays what it is. The database's own words stay here: they may
 * name its address or its user.
 */
export function storageError(error: unknown): unknown {
  if (error instanceof SnapbackError) return error
  const links = errorChain(error)
  const conflict = conflictError(links)
  if (conflict) return conflict
  for (const { code, message } of links) {
    const known =
      UNAVAILABLE.find(([pattern]) => code !== null && pattern.test(code)) ??
      UNAVAILABLE_MESSAGES.find(([pattern]) => pattern.test(message))
    if (known) return unavailable(known[1], code)
  }
  return error
}

/** Runs the work and throws what its failure means. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storageError(error)
  }
}

export function unavailable(why: string, code: string | null = null): SnapbackError {
  return new SnapbackError('storage_unavailable', `postgres: ${why}${code === null ? '' : ` (${code})`}`, { upstream: 'postgres' })
}
