import { startLocalPostgres } from '../../scripts/local-pg.mjs'

/**
 * Holds an embedded Postgres as the launcher does: run as a process of its own, to be killed or to be another user's.
 * Usage: node local-postgres-process.ts <directory>. Prints what it has as one line of JSON; ends in order on SIGTERM.
 */
const postgres = await startLocalPostgres({ directory: process.argv[2] as string })
process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
process.stdout.write(`${JSON.stringify({ ...postgres, uid: process.getuid?.() })}\n`)
setInterval(() => {}, 60_000)
