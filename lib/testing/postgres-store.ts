import { Client } from 'pg'
import { connectPostgres, type Postgres } from '../adapters/postgres/connect.ts'
import type { FakeJob } from './fake-tables.ts'
import { createTestDatabase } from './postgres.ts'
import { recordLog } from './record-log.ts'

/** A database of its own for one test file, with one replica connected to it and a plain connection beside it. */
export interface PostgresUnderTest {
  url: string
  postgres: Postgres
  sql: Client
  /** Another replica on the same database. Closed with the rest. */
  connect(): Postgres
  /** Empties every table of ours and the queue. */
  clear(): Promise<void>
  jobs(): Promise<FakeJob[]>
  close(): Promise<void>
}

export async function connectTestPostgres(): Promise<PostgresUnderTest> {
  const database = await createTestDatabase()
  const replicas: Postgres[] = []
  const connect = () => {
    const replica = connectPostgres(database.url, recordLog())
    replicas.push(replica)
    return replica
  }
  const postgres = connect()
  await postgres.queue.start()
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  return {
    url: database.url,
    postgres,
    sql,
    connect,
    clear: () => clear(sql),
    jobs: () => queuedJobs(sql),
    async close() {
      await Promise.all(replicas.map((replica) => replica.close()))
      await sql.end()
      await database.drop()
    },
  }
}

async function clear(sql: Client): Promise<void> {
  const { rows } = await sql.query<{ tables: string }>(`
    select string_agg(format('%I', tablename), ', ') as tables from pg_tables
    where schemaname = 'public' and tablename <> '_prisma_migrations'`)
  await sql.query(`truncate ${rows[0]?.tables} cascade; delete from pgboss.job`)
}

async function queuedJobs(sql: Client): Promise<FakeJob[]> {
  const { rows } = await sql.query<{ job: FakeJob['job']; id: string; runAt: Date; isDue: boolean }>(`
    select name as job, singleton_key as id, start_after as "runAt", start_after <= now() as "isDue" from pgboss.job
    where state = 'created' order by created_on`)
  return rows.map(({ job, id, runAt, isDue }) => ({ job, id, runAt: isDue ? null : runAt.getTime() }))
}
