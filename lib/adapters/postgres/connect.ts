import { PrismaPg } from '@prisma/adapter-pg'
import type { Accounts, Changes, Log, ReadModel, Store } from '../../ports.ts'
import { createAccounts } from './accounts.ts'
import { createPublisher } from './change-publisher.ts'
import { createChangeListener } from './changes.ts'
import { PrismaClient } from './generated/client.ts'
import { createJobSender } from './job-sender.ts'
import { createPool } from './pool.ts'
import { createBoss, createQueue, type RunningQueue } from './queue.ts'
import { createReadModel } from './read/read-model.ts'
import { createStore } from './store.ts'

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
  const pool = createPool(url, log)
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
      await Promise.allSettled([queue.stop(), changes.close()])
      await publisher.close()
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
