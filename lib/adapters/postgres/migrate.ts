import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { dropWhenSilent } from './pool.ts'

/** The key of the advisory lock that `prisma migrate deploy` takes too. */
const LOCK = 72_707_369
const CONNECT_WITHIN_MS = 5_000
const SILENT_AFTER_MS = 2_000
/** Another replica migrates meanwhile. The caller tries again, so one that went silent costs no more than this. */
const LOCK_WITHIN_MS = 30_000
/**
 * The longest that one statement of a migration may take: an index on a big table takes minutes. A server that went silent
 * costs no more than this either, and then the caller tries again.
 */
const STATEMENT_WITHIN_MS = 10 * 60_000
/** A replica whose machine is gone lets go of the lock after half a minute, not after the two hours of TCP's default. */
const NOTICE_DEATH = 'SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3'
/** And a statement whose client has gone ends too, instead of going on with its locks held. */
const NOTICE_DEATH_IN_A_STATEMENT = "SET client_connection_check_interval = '10s'"

/** Where the migrations lie, from the working directory: the project's, in a checkout, in tests and in an image. */
const DIRECTORY = join('prisma', 'migrations')

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Options {
  /** Where the migrations lie. */
  directory?: string
  statementWithinMs?: number
}

/**
 * Applies what is missing, with the rows and checksums of `prisma migrate deploy`. Several replicas may start at
 * once. Row, SQL and finish are one transaction: a process that dies half-way leaves nothing behind.
 *
 * A migration has to be able to run in a transaction: no `CREATE INDEX CONCURRENTLY`.
 *
 * @throws when an applied migration was changed, another tool left one unfinished, or the server does not answer
 */
export async function migrate(
  url: string,
  { directory = DIRECTORY, statementWithinMs = STATEMENT_WITHIN_MS }: Options = {},
): Promise<void> {
  const migrations = readMigrations(directory)
  const db = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: 'snapback migrate',
    keepAlive: true,
    keepAliveInitialDelayMillis: 15_000,
    statement_timeout: statementWithinMs,
    // The server gives up first; this limit is for one that went silent.
    query_timeout: statementWithinMs + SILENT_AFTER_MS,
  })
  dropWhenSilent(db)
  // A connection that breaks makes the query fail; without a listener the event would end the process.
  db.on('error', () => {})
  await db.connect()
  try {
    await takeLock(db)
    await createLedger(db)
    const applied = await appliedChecksums(db)
    for (const migration of migrations) {
      const checksum = applied.get(migration.name)
      if (checksum === undefined) await apply(db, migration)
      else if (checksum !== migration.checksum) throw new Error(`migration ${migration.name} was changed after it had been applied`)
    }
  } finally {
    await db.end()
  }
}

async function takeLock(db: pg.Client): Promise<void> {
  await db.query(NOTICE_DEATH)
  // Not every server's operating system can do this; a broken connection shows at the next query.
  await db.query(NOTICE_DEATH_IN_A_STATEMENT).catch(() => {})
  const lock: pg.QueryConfig & { query_timeout: number } = {
    text: 'SELECT pg_advisory_lock($1)',
    values: [LOCK],
    query_timeout: LOCK_WITHIN_MS,
  }
  await db.query(lock)
}

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const file = join(directory, name, 'migration.sql')
      if (!existsSync(file)) return []
      const sql = readFileSync(file, 'utf8')
      return [{ name, sql, checksum: createHash('sha256').update(sql).digest('hex') }]
    })
}

function createLedger(db: pg.Client): Promise<unknown> {
  return db.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`)
}

async function appliedChecksums(db: pg.Client): Promise<Map<string, string>> {
  const { rows } = await db.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const unfinished = rows.find((row) => row.finished_at === null)
  if (unfinished) {
    throw new Error(`migration ${unfinished.migration_name} was begun by another tool and did not finish; see prisma migrate resolve`)
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function apply(db: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await db.query('BEGIN')
  try {
    await db.query(sql)
    await db.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES (gen_random_uuid()::text, $1, $2, now(), 1)`,
      [checksum, name],
    )
    await db.query('COMMIT')
  } catch (error) {
    await db.query('ROLLBACK').catch(() => {}) // of a broken connection the server has undone it already
    throw new Error(`migration ${name} failed`, { cause: error })
  }
}
