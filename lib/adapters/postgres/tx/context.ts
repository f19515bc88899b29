import type { Prisma } from '../generated/client.ts'
import type { Touched } from '../touched.ts'

/** What the queries of one transaction share. */
export interface TxContext {
  db: Prisma.TransactionClient
  /** Told to the browsers once the transaction is committed. */
  touched: Touched
}
