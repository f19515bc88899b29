import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import type { Accounts, Changes, Log, ReadModel, Store } from '../../ports.ts'
import { createAccounts } from './accounts.ts'
import { createPublisher } from './change-publisher.ts'
import { createChangeListener } from './changes.ts'
import { PrismaClient } from './generated/client.ts'
import { createJobSender } from './job-sender.ts'
import { createBoss, createQueue, type RunningQueue } from './queue.ts'
import { createReadModel } from './read/read-model.ts'
import { createStore } from './store.ts'

/** Connections of one replica for its transactions and reads; the queue and the listener have their own. */
const POOL = {
  max: 10,
  application_name: 'snapback',
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  /** The server gives up first; the client's limit is for a server that went silent. */
  statement_timeout: 8_000,
  query_timeout: 10_000,
  idle_in_transaction_session_timeout: 20_000,
}

export interface Postgres {
  store: Store
  read: ReadModel
  accounts: Accounts
  changes: Changes
  queue: RunningQueue
  close(): Promise<void>
}

/** Everything that Postgres does for us. Nothing connects before its first use: the server starts without a database. */
export function connectPostgres(url: string, log: Log): Postgres {
  const pool = new Pool({ connectionString: url, ...POOL })
  // An idle connection that breaks is replaced; unheard, its error would end the process.
  pool.on('error', (error) => log.warn('postgres.connection-lost', { code: (error as { code?: string }).code }))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const publisher = createPublisher(pool)
  const changes = createChangeListener(url, log)
  const boss = createBoss(url, log)
  const queue = createQueue(boss, prisma)
  return {
    store: createStore({ prisma, sender: createJobSender(boss, queue.isStarted), publisher }),
    read: createReadModel(prisma),
    accounts: createAccounts(prisma),
    changes,
    queue,
    async close() {
      publisher.close()
      await Promise.allSettled([queue.stop(), changes.close()])
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
