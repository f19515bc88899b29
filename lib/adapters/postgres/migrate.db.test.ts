import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { getRollbackPlans } from 'pg-boss'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../../testing/postgres.ts'
import { silentProxy } from '../../testing/silent-proxy.ts'
import { until } from '../../testing/waiting.ts'
import { migrate } from './migrate.ts'

const OURS = readdirSync('prisma/migrations').filter((name) => /^\d{14}_/.test(name))

let database: Awaited<ReturnType<typeof createTestDatabase>>
let sql: Client
let directory: string
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  sql = new Client(database.url)
  await sql.connect()
  directory = mkdtempSync(join(tmpdir(), 'snapback-migrations-'))
})
afterEach(async () => {
  rmSync(directory, { recursive: true })
  await sql.end()
  await database.drop()
})

function migration(name: string, text: string): void {
  mkdirSync(join(directory, name), { recursive: true })
  writeFileSync(join(directory, name, 'migration.sql'), text)
}

async function ledger(): Promise<{ name: string; isFinished: boolean; steps: number }[]> {
  const { rows } = await sql.query(
    `select migration_name as name, finished_at is not null as "isFinished", applied_steps_count as steps
     from _prisma_migrations order by started_at, migration_name`,
  )
  return rows
}

const finished = (name: string) => ({ name, isFinished: true, steps: 1 })

describe('the migrations', () => {
  test('apply in order, each with a row as prisma migrate deploy writes it', async () => {
    await migrate(database.url)
    expect(await ledger()).toEqual(OURS.map(finished))
  })

  test('change nothing when they have been applied', async () => {
    await migrate(database.url)
    const before = await sql.query('select * from _prisma_migrations order by id')
    await migrate(database.url)
    expect((await sql.query('select * from _prisma_migrations order by id')).rows).toEqual(before.rows)
  })

  test('of a later version are left alone, so that the version before it can be started again', async () => {
    cpSync('prisma/migrations', directory, { recursive: true })
    migration('20991231000000_later', 'create table later (id int)')
    await migrate(database.url, { directory })
    await migrate(database.url)
    expect(await ledger()).toContainEqual(finished('20991231000000_later'))
  })

  test('that were changed after they had been applied are refused by name', async () => {
    migration('20260101000000_first', 'create table first (id int)')
    await migrate(database.url, { directory })
    migration('20260101000000_first', 'create table first (id bigint)')
    await expect(migrate(database.url, { directory })).rejects.toThrow(
      'migration 20260101000000_first was changed after it had been applied',
    )
  })

  test('that another tool began and did not finish are refused by name', async () => {
    await migrate(database.url)
    await sql.query('update _prisma_migrations set finished_at = null where migration_name = $1', [OURS[1]])
    await expect(migrate(database.url)).rejects.toThrow(`migration ${OURS[1]} was begun by another tool and did not finish`)
  })

  test('that another tool rolled back are applied again', async () => {
    migration('20260101000000_first', 'create table first (id int)')
    await migrate(database.url, { directory })
    await sql.query('drop table first; update _prisma_migrations set rolled_back_at = now()')
    await migrate(database.url, { directory })
    expect((await sql.query('select * from first')).rows).toEqual([])
  })

  test('that fail leave nothing behind, and apply once they are mended', async () => {
    migration('20260101000000_first', 'create table first (id int); create table second (id nonsense)')
    await expect(migrate(database.url, { directory })).rejects.toThrow('migration 20260101000000_first failed')
    expect(await ledger()).toEqual([])
    migration('20260101000000_first', 'create table first (id int); create table second (id int)')
    await migrate(database.url, { directory })
    expect(await ledger()).toEqual([finished('20260101000000_first')])
  })

  test('give up a server that went silent in the middle of one, and apply once it answers again', async () => {
    migration('20260101000000_first', 'create table first (id int); select pg_sleep(1)')
    const proxy = await silentProxy(database.url)
    const migrating = migrate(proxy.url, { directory, statementWithinMs: 2_000 })
    await until(isAsleep)
    proxy.silence()
    await expect(migrating).rejects.toMatchObject({
      message: 'migration 20260101000000_first failed',
      cause: { message: 'Query read timeout' },
    })
    proxy.close()
    await migrate(database.url, { directory })
    expect(await ledger()).toEqual([finished('20260101000000_first')])
  })

  test('are stopped by the server when they take too long, and leave nothing behind', async () => {
    migration('20260101000000_first', 'create table first (id int); select pg_sleep(20)')
    await expect(migrate(database.url, { directory, statementWithinMs: 300 })).rejects.toMatchObject({ cause: { code: '57014' } })
    expect(await ledger()).toEqual([])
  })

  test('wait for a replica that is at it', async () => {
    await sql.query('select pg_advisory_lock(72707369)')
    const migrating = migrate(database.url)
    await until(async () => (await waiting('snapback migrate')) === 1)
    expect((await sql.query(`select to_regclass('workload') as made`)).rows).toEqual([{ made: null }])
    await sql.query('select pg_advisory_unlock(72707369)')
    await migrating
    expect(await ledger()).toEqual(OURS.map(finished))
  })
})

describe('replicas that start', () => {
  const script = fileURLToPath(new URL('../../testing/migrating-replica.ts', import.meta.url))

  function replica() {
    const child = spawn(process.execPath, [script, database.url], { stdio: ['ignore', 'pipe', 'inherit'] })
    // Asked for now: a replica with nothing to do may end before a test looks.
    const code = once(child, 'exit').then(([code]) => code as number | null)
    return { child, code }
  }

  async function expectWhole(): Promise<void> {
    expect(await ledger()).toEqual(OURS.map(finished))
    expect((await sql.query('select count(*)::int as rows from pgboss.version')).rows).toEqual([{ rows: 1 }])
    expect((await sql.query('select name from pgboss.queue order by name')).rows).toEqual([
      { name: 'advance-rollback' },
      { name: 'evaluate-alert' },
    ])
  }

  test("at once apply every migration once, ours and the queue's", async () => {
    const codes = await Promise.all([replica(), replica(), replica(), replica()].map(({ code }) => code))
    expect(codes).toEqual([0, 0, 0, 0])
    await expectWhole()
  })

  /** Somebody's uncommitted table of that name stops a migration right there. */
  async function killedAt(table: string, application: string): Promise<void> {
    const blocker = new Client(database.url)
    await blocker.connect()
    if (table.startsWith('pgboss.')) await blocker.query('create schema if not exists pgboss')
    await blocker.query(`begin; create table ${table} (id int)`)
    const { child, code } = replica()
    await until(async () => (await waiting(application)) === 1)
    child.kill('SIGKILL')
    await code
    await blocker.query('rollback')
    await blocker.end()
  }

  test.each(['workload', 'rollback'])('after one was killed while it made the table %s', async (table) => {
    await killedAt(table, 'snapback migrate')
    expect(await replica().code).toBe(0)
    await expectWhole()
  })

  test.each(['pgboss.queue', 'pgboss.job'])("after one was killed while it made the queue's %s", async (table) => {
    await killedAt(table, 'snapback queue')
    expect(await Promise.all([replica(), replica()].map(({ code }) => code))).toEqual([0, 0])
    await expectWhole()
  })

  test('after some were killed at any moment', async () => {
    for (const afterMs of [10, 40, 70, 100, 150]) {
      const { child, code } = replica()
      await once(child.stdout, 'data')
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      child.kill('SIGKILL')
      await code
    }
    expect(await replica().code).toBe(0)
    await expectWhole()
  })

  test('on an older version of the queue bring it up to date, once', async () => {
    expect(await replica().code).toBe(0)
    const current = await queueVersion()
    await sql.query(getRollbackPlans('pgboss', current))
    expect(await queueVersion()).toBe(current - 1)
    expect(await Promise.all([replica(), replica(), replica()].map(({ code }) => code))).toEqual([0, 0, 0])
    expect(await queueVersion()).toBe(current)
    await expectWhole()
  })
})

async function queueVersion(): Promise<number> {
  return (await sql.query('select version from pgboss.version')).rows[0].version
}

async function isAsleep(): Promise<boolean> {
  const { rows } = await sql.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`)
  return rows.length > 0
}

/** Connections of that name which wait for a lock of someone else. */
async function waiting(application: string): Promise<number> {
  const { rows } = await sql.query(
    `select count(*)::int as waiting from pg_stat_activity
     where datname = current_database() and application_name = $1 and wait_event_type = 'Lock'`,
    [application],
  )
  return rows[0].waiting
}
