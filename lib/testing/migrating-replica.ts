import { connectPostgres } from '../adapters/postgres/connect.ts'
import { migrate } from '../adapters/postgres/migrate.ts'
import { recordLog } from './record-log.ts'

/**
 * A replica that starts: our migrations, then the queue's. Run as a process of its own, to be killed.
 * Usage: node migrating-replica.ts <database url>. Says when it begins and exits 0 when it is through.
 */
const url = process.argv[2] as string
process.stdout.write('begins\n')
await migrate(url)
const postgres = connectPostgres(url, recordLog())
await postgres.queue.start()
await postgres.close()
