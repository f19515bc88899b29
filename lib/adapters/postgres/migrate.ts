import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** The key of the advisory lock that `prisma migrate deploy` takes too. */
const LOCK = 72_707_369
const CONNECT_WITHIN_MS = 5_000

/** Where the migrations lie: beside what is started, in a checkout as in a built image. */
const DIRECTORY = join('prisma', 'migrations')

interface Migration {
  name: string
  sql: string
  checksum: string
}

/**
 * Applies what is missing, with the rows and checksums of `prisma migrate deploy`. Several replicas may start at
 * once. Row, SQL and finish are one transaction: a process that dies half-way leaves nothing behind.
 *
 * @param directory of the migrations, from the working directory
 * @throws when an applied migration was changed, or another tool left one unfinished
 */
export async function migrate(url: string, directory: string = DIRECTORY): Promise<void> {
  const migrations = readMigrations(directory)
  const db = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS, application_name: 'snapback migrate' })
  await db.connect()
  try {
    await db.query('SELECT pg_advisory_lock($1)', [LOCK])
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
    await db.query('ROLLBACK')
    throw new Error(`migration ${name} failed`, { cause: error })
  }
}
