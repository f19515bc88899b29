import { connectPostgres } from '../adapters/postgres/connect.ts'
import { recordLog } from './record-log.ts'

/**
 * A replica that takes a job and never ends it: run as a process of its own, to be killed.
 * Usage: node hanging-worker.ts <database url>. Prints the id of the job that it holds.
 */
const { queue } = connectPostgres(process.argv[2] as string, recordLog())
await queue.start()
await queue.work('evaluate-alert', (id) => {
  process.stdout.write(`${id}\n`)
  return new Promise(() => {})
})
