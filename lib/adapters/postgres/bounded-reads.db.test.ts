import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AT, aWorkload } from '../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../testing/postgres-store.ts'
import { blamedRevisions } from './blamed-revisions.ts'
import { PrismaClient } from './generated/client.ts'

const DAY = 86_400_000
const ROWS = 20_000

let under: PostgresUnderTest
let workloadId: string
/** A cluster with a history: decisions and rollbacks of one workload, incidents and deploys, a minute apart. */
beforeAll(async () => {
  under = await connectTestPostgres()
  await under.clear()
  workloadId = await under.postgres.store.transaction((tx) => tx.workloadId(aWorkload(), AT))
  const other = await under.postgres.store.transaction((tx) => tx.workloadId(aWorkload('other'), AT))
  await under.sql.query(
    `insert into decision (id, trigger, workload_id, decided_at, verdict, effect, reason, checks, facts)
     select gen_random_uuid(), 'alert', $1::uuid, to_timestamp($2::float8 / 1000) - n * interval '1 minute', 'roll_back', 'simulate', 'deploy_explains_it', '[]',
       jsonb_build_object('workload', jsonb_build_object('current', jsonb_build_object('uid', 'rs-' || n % 500)))
     from generate_series(1, ${ROWS}) as n`,
    [workloadId, AT],
  )
  await under.sql.query(
    `insert into incident (id, workload_id, opened_at, started_at, started_at_source, closed_at, outcome)
     select gen_random_uuid(), $1::uuid, at, at, 'starts_at', at, 'recovered_by_itself'
     from generate_series(1, ${ROWS}) as n, lateral (select to_timestamp($2::float8 / 1000) - n * interval '1 minute' as at) as begun`,
    [other, AT],
  )
  // Of many workloads: Postgres would skip through an index that begins with a few.
  await under.sql.query(
    `with many as (
       insert into workload (id, namespace, kind, name, first_seen_at)
       select gen_random_uuid(), 'many', 'Deployment', 'w-' || n, now() from generate_series(1, 4000) as n returning id
     ), numbered as (select id, row_number() over () as number from many)
     insert into deploy (id, workload_id, deployment_uid, revision_uid, revision_hash, revision_number, template_fingerprint, material_fingerprint, images, deployed_at, source)
     select gen_random_uuid(), numbered.id, 'd', 'rs-' || n, 'h', n, 't', 'm', '{}', to_timestamp($1::float8 / 1000) - n * interval '1 minute', 'watched'
     from generate_series(1, ${ROWS}) as n join numbered on number = 1 + n % 4000`,
    [AT],
  )
  await under.sql.query(
    `insert into rollback (id, phase, workload_id, deployment_uid, decision_id, trigger, reason, actor, dry_run, condemns, from_revision, to_revision,
       to_revision_uid, generation, bake_time_ms, min_requests, opened_at, phase_since, ended_at, outcome_reason)
     select gen_random_uuid(), 'aborted', workload_id, 'd', id, 'alert', '', '{}', false, false, '{}', '{}', 'rs', 1, 1, 1, decided_at, decided_at, decided_at, 'paused'
     from decision`,
  )
  await under.sql.query('analyze')
})
afterAll(() => under.close())

/** Rows of a table that this connection's transaction read. */
async function rowsRead(table: string, work: string, values: unknown[]): Promise<number> {
  await under.sql.query('begin')
  try {
    await under.sql.query(work, values)
    const { rows } = await under.sql.query(
      'select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables where relname = $1',
      [table],
    )
    return rows[0].rows
  } finally {
    await under.sql.query('rollback')
  }
}

const NEAR = [new Date(AT - DAY), new Date(AT - DAY + 4 * 60_000)]

test.each([
  ['incident', 'select id from incident where started_at between $1 and $2 order by started_at'],
  ['deploy', 'select id from deploy where deployed_at between $1 and $2 order by deployed_at desc'],
  ['rollback', 'select id from rollback where opened_at between $1 and $2 order by opened_at'],
])('of %s the few rows of a time are read, however many are on record', async (table, query) => {
  expect(await rowsRead(table, query, NEAR)).toBeLessThan(50)
})

test('whether revisions are blamed is answered by a row of each, however often the workload was decided', async () => {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: under.url }) })
  try {
    const { blamed, read } = await prisma.$transaction(async (db) => ({
      blamed: await blamedRevisions(db, workloadId, ['rs-1', 'rs-2', 'rs-499', 'rs-none']),
      read: await db.$queryRaw<{ rows: number }[]>`
        select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables where relname = 'decision'`,
    }))
    expect(blamed.sort()).toEqual(['rs-1', 'rs-2', 'rs-499'])
    expect(read[0]?.rows).toBeLessThan(200)
  } finally {
    await prisma.$disconnect()
  }
})
