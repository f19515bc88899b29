import type { Store } from '../../ports.ts'
import type { ChangePublisher } from './change-publisher.ts'
import type { PrismaClient } from './generated/client.ts'
import type { JobRequest } from './job-request.ts'
import type { JobSender } from './job-sender.ts'
import { storing } from './storage-error.ts'
import type { Touched } from './touched.ts'
import { createTx } from './tx/tx.ts'

/** How long a transaction waits for a connection, and how long it may take: then its caller is told to come again. */
const LIMITS = { maxWait: 5_000, timeout: 15_000 }

interface Parts {
  prisma: PrismaClient
  sender: JobSender
  publisher: ChangePublisher
}

/** The durable state in Postgres, at read committed. */
export function createStore({ prisma, sender, publisher }: Parts): Store {
  return {
    async transaction(work) {
      const touched: Touched = new Map()
      const result = await storing(() =>
        prisma.$transaction(async (db) => {
          const jobs: JobRequest[] = []
          const done = await work(createTx({ db, touched }, jobs))
          await sender.send(db, jobs)
          return done
        }, LIMITS),
      )
      publisher.publish(touched)
      return result
    },
    async ping() {
      await storing(() => prisma.$queryRaw`select 1`)
    },
  }
}
