import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Episode } from '../../core/alert.ts'
import type { OnsetSource } from '../../core/clocks.ts'
import type { Effect, Trigger, Verdict } from '../../core/decision.ts'
import type { DeploySource } from '../../core/deploy.ts'
import type { IncidentOutcome } from '../../core/incident.ts'
import { ROLES } from '../../core/role.ts'
import { END_PHASES, OPEN_PHASES, PHASES } from '../../core/rollback.ts'
import type { WorkloadKind } from '../../core/workload.ts'
import { createTestDatabase } from '../../testing/postgres.ts'

type Row = Record<string, unknown>
const AT = '2026-01-05T10:00:00Z'
const LATER = '2026-01-05T10:05:00Z'
const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const JSON_VALUE = '{}'

/** A row of each table that the database takes. */
const ROWS: Record<string, Row> = {
  workload: { id: id(1), namespace: 'shop', kind: 'Deployment', name: 'checkout', first_seen_at: AT },
  deploy: {
    ...{ id: id(2), workload_id: id(1), deployment_uid: 'd1', revision_uid: 'rs-1', revision_hash: 'h1', revision_number: 1, images: [] },
    ...{ template_fingerprint: 't1', material_fingerprint: 'm1', deployed_at: AT, source: 'watched' },
  },
  incident: { id: id(3), workload_id: id(1), opened_at: AT, started_at: AT, started_at_source: 'starts_at' },
  episode: {
    ...{ id: id(4), fingerprint: 'f1', status: 'firing', labels: JSON_VALUE, annotations: JSON_VALUE, generator_url: '' },
    ...{ starts_at: AT, received_at: AT, last_seen_at: AT },
  },
  decision: {
    ...{
      id: id(5),
      trigger: 'alert',
      workload_id: id(1),
      decided_at: AT,
      verdict: 'roll_back',
      effect: 'act',
      reason: 'deploy_explains_it',
    },
    ...{ checks: '[]', facts: JSON_VALUE },
  },
  rollback: {
    ...{
      id: id(6),
      phase: 'pending',
      workload_id: id(1),
      deployment_uid: 'd1',
      decision_id: id(5),
      trigger: 'alert',
      reason: 'HighErrorRate',
    },
    ...{ actor: JSON_VALUE, dry_run: false, condemns: true, from_revision: JSON_VALUE, to_revision: JSON_VALUE, to_revision_uid: 'rs-1' },
    ...{ generation: 2, bake_time_ms: 120_000, min_requests: 20, opened_at: AT, phase_since: AT, next_step_at: AT },
  },
  condemnation: { id: id(7), workload_id: id(1), material_fingerprint: 'm2', images: [], rollback_id: id(6), condemned_at: AT },
  judgement: { decision_id: id(5), version: 1, judgement: 'right', actor: JSON_VALUE, judged_at: AT },
  timeline_event: { id: id(8), at: AT, kind: 'opened', actor: JSON_VALUE, data: JSON_VALUE },
  audit_entry: { id: id(9), at: AT, actor: JSON_VALUE, action: 'control.pause', target: 'cluster' },
  policy: { scope_key: 'cluster', scope: JSON_VALUE, fields: JSON_VALUE, version: 1 },
  evidence: { id: id(12), incident_id: id(3), revision_uid: 'rs-1', seen_at: AT, record: JSON_VALUE },
  control: { id: 1, enabled: true, dry_run: JSON_VALUE, pauses: '[]', configured: JSON_VALUE },
  user: { id: id(10), email: 'ada@example.test', password_hash: 'x', role: 'viewer', created_at: AT },
  api_token: { id: id(11), name: 'ci', role: 'viewer', hash: 'h', created_at: AT, created_by: 'ada' },
}
const ENDED = { phase: 'failed', ended_at: AT, next_step_at: null, outcome_reason: 'patch_refused' }

let database: Awaited<ReturnType<typeof createTestDatabase>>
let sql: Client
beforeAll(async () => {
  database = await createTestDatabase()
  sql = new Client(database.url)
  await sql.connect()
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})
beforeEach(async () => {
  await sql.query('begin')
  await sql.query('delete from control')
  for (const table of Object.keys(ROWS)) await insert(table, {})
})
afterEach(() => sql.query('rollback'))

async function insert(table: string, overrides: Row): Promise<void> {
  const row = { ...ROWS[table], ...overrides }
  const columns = Object.keys(row)
  await sql.query(
    `insert into "${table}" (${columns.map((column) => `"${column}"`)}) values (${columns.map((_, index) => `$${index + 1}`)})`,
    Object.values(row),
  )
}

/** A second row beside the first: another id, and what has to be unique anyway. */
async function insertAnother(table: string, overrides: Row): Promise<void> {
  if (table === 'rollback') await insert('decision', { id: id(99) })
  await insert(table, { id: id(98), ...(table === 'rollback' ? { decision_id: id(99) } : {}), ...overrides })
}

async function update(table: string, changes: Row): Promise<void> {
  const columns = Object.keys(changes)
  await sql.query(`update "${table}" set ${columns.map((column, index) => `"${column}" = $${index + 1}`)}`, Object.values(changes))
}

describe('at most one', () => {
  test.each<[what: string, table: string, second: Row, constraint: string]>([
    ['open episode a fingerprint', 'episode', {}, 'episode_one_open_per_fingerprint'],
    ['open incident a workload', 'incident', {}, 'incident_one_open_per_workload'],
    ...OPEN_PHASES.map((phase): [string, string, Row, string] => [
      `open rollback a workload, a ${phase} one too`,
      'rollback',
      { phase },
      'rollback_one_open_per_workload',
    ]),
    ['live condemnation a workload and template', 'condemnation', {}, 'condemnation_one_live_per_template'],
    ['rollback a decision', 'rollback', { ...ENDED, decision_id: id(5) }, 'rollback_decision_id_key'],
    ['workload of a name', 'workload', {}, 'workload_namespace_kind_name_key'],
    ['deploy a Deployment and revision number', 'deploy', {}, 'deploy_deployment_uid_revision_number_key'],
    ['evidence an incident and revision', 'evidence', {}, 'evidence_incident_id_revision_uid_key'],
    ['user an address', 'user', {}, 'user_email_key'],
  ])('%s', async (_, table, second, constraint) => {
    await expect(insertAnother(table, second)).rejects.toMatchObject({ code: '23505', constraint })
  })

  test('proposed rollback a workload', async () => {
    await update('rollback', { phase: 'proposed' })
    await expect(insertAnother('rollback', { phase: 'proposed' })).rejects.toMatchObject({
      code: '23505',
      constraint: 'rollback_one_proposed_per_workload',
    })
  })

  test.each<[what: string, table: string, second: Row]>([
    ['a resolved episode', 'episode', { status: 'resolved', resolved_at: AT }],
    ['a closed incident', 'incident', { closed_at: AT, outcome: 'recovered_by_itself' }],
    ['an ended rollback', 'rollback', ENDED],
    ['a proposal', 'rollback', { phase: 'proposed' }],
    ['a lifted condemnation', 'condemnation', { lifted_at: AT }],
  ])('and %s beside it', async (_, table, second) => {
    await insertAnother(table, second)
    expect((await sql.query(`select from "${table}"`)).rowCount).toBe(2)
  })
})

describe('a state and its columns say the same:', () => {
  test.each<[what: string, table: string, changes: Row, constraint: string]>([
    ['evidence does not belong to an incident and a rollback', 'evidence', { rollback_id: id(6) }, 'evidence_of_one'],
    ['nor to nothing', 'evidence', { incident_id: null }, 'evidence_of_one'],
    ['a resolved episode has its time', 'episode', { status: 'resolved' }, 'episode_resolved_when'],
    ['a firing episode has none', 'episode', { resolved_at: AT }, 'episode_resolved_when'],
    ['a closed incident has an outcome', 'incident', { closed_at: AT }, 'incident_closed_with_outcome'],
    ['an open incident has none', 'incident', { outcome: 'rolled_back' }, 'incident_closed_with_outcome'],
    ['an open rollback has no end', 'rollback', { ended_at: AT, next_step_at: null }, 'rollback_ended_when'],
    ['an ended rollback is not due', 'rollback', { ...ENDED, next_step_at: AT }, 'rollback_ended_is_not_due'],
    ['an ended rollback says why', 'rollback', { ...ENDED, outcome_reason: null }, 'rollback_ended_with_outcome'],
    ['an open rollback does not', 'rollback', { outcome_reason: 'rollout_failed' }, 'rollback_ended_with_outcome'],
    ['a dry run was never undone', 'rollback', { dry_run: true, undone_at: AT }, 'rollback_dry_run_changes_nothing'],
    ['a dry run never gets to verifying', 'rollback', { dry_run: true, phase: 'verifying' }, 'rollback_dry_run_changes_nothing'],
    ['what was simulated is a dry run', 'rollback', { ...ENDED, phase: 'simulated' }, 'rollback_simulated_is_dry_run'],
    ['it was not restored before it was undone', 'rollback', { undone_at: LATER, restored_at: AT }, 'rollback_restored_after_undone'],
    ['not mitigated before restored', 'rollback', { restored_at: LATER, mitigated_at: AT }, 'rollback_mitigated_after_restored'],
    ['not verified before mitigated', 'rollback', { mitigated_at: LATER, verified_at: AT }, 'rollback_verified_after_mitigated'],
    ['the version of an episode grows from 1', 'episode', { version: 0 }, 'episode_version'],
    ['of an incident', 'incident', { version: 0 }, 'incident_version'],
    ['of a rollback', 'rollback', { version: 0 }, 'rollback_version'],
    ['of a policy', 'policy', { version: 0 }, 'policy_version'],
    ['of control', 'control', { version: 0 }, 'control_version'],
    ['of a judgement', 'judgement', { version: 0 }, 'judgement_version'],
    ['a judgement is right, wrong or unsure', 'judgement', { judgement: 'perhaps' }, 'judgement_word'],
    ['a wrong decision says why', 'judgement', { judgement: 'wrong' }, 'judgement_wrong_says_why'],
    ['there is one control row', 'control', { id: 2 }, 'control_is_one_row'],
  ])('%s', async (_, table, changes, constraint) => {
    await expect(update(table, changes)).rejects.toMatchObject({ code: '23514', constraint })
  })

  test.each(END_PHASES)('a rollback that is %s has an end', async (phase) => {
    await expect(
      update('rollback', { phase, dry_run: phase === 'simulated', next_step_at: null, outcome_reason: 'x' }),
    ).rejects.toMatchObject({
      constraint: /rollback_ended/,
    })
  })
})

describe('the words of a column are those of core:', () => {
  /** Checked by the compiler: no word is missing, none too many. */
  const words = <Word extends string>(all: Record<Word, true>) => Object.keys(all)
  const onset = words<OnsetSource>({ active_at: true, starts_at: true })
  const outcomes = words<IncidentOutcome>({
    rolled_back: true,
    rolled_back_by_hand: true,
    recovered_by_itself: true,
    ended_unresolved: true,
  })
  const trigger = words<Trigger['kind']>({ alert: true, person: true })

  test.each<[table: string, column: string, words: readonly string[], whole: (word: string) => Row]>([
    ['workload', 'kind', words<WorkloadKind>({ Deployment: true }), () => ({})],
    ['deploy', 'source', words<DeploySource>({ watched: true, replica_set: true }), () => ({})],
    ['incident', 'started_at_source', onset, () => ({})],
    ['incident', 'outcome', outcomes, () => ({ closed_at: AT })],
    [
      'episode',
      'status',
      words<Episode['status']>({ firing: true, resolved: true }),
      (word) => ({ resolved_at: word === 'resolved' ? AT : null }),
    ],
    ['rollback', 'trigger', trigger, () => ({})],
    ['rollback', 'started_at_source', onset, () => ({})],
    [
      'rollback',
      'phase',
      PHASES,
      (word) => ((END_PHASES as readonly string[]).includes(word) ? { ...ENDED, dry_run: word === 'simulated' } : {}),
    ],
    ['user', 'role', ROLES, () => ({})],
    ['api_token', 'role', ROLES, () => ({})],
  ])('%s.%s', async (table, column, all, whole) => {
    for (const word of all) await update(table, { ...whole(word), [column]: word })
    await expect(update(table, { ...whole('another'), [column]: 'another' })).rejects.toMatchObject({ constraint: `${table}_${column}` })
  })

  test.each<[column: string, words: string[]]>([
    ['trigger', trigger],
    ['verdict', words<Verdict>({ roll_back: true, hold: true, escalate: true, ignore: true })],
    ['effect', words<Effect>({ act: true, propose: true, simulate: true, none: true })],
  ])('decision.%s', async (column, all) => {
    for (const [index, word] of all.entries()) await insert('decision', { id: id(200 + index), [column]: word })
    await expect(insert('decision', { id: id(300), [column]: 'another' })).rejects.toMatchObject({ constraint: `decision_${column}` })
  })
})

describe('what was decided and done is only ever added:', () => {
  test.each(['audit_entry', 'decision', 'timeline_event'])('%s refuses an update', async (table) => {
    await expect(sql.query(`update ${table} set id = id`)).rejects.toThrow(`${table} is append-only`)
  })
  test.each(['audit_entry', 'decision', 'timeline_event'])('%s refuses a deletion', async (table) => {
    await expect(sql.query(`delete from ${table}`)).rejects.toThrow(`${table} is append-only`)
  })
})

test('the sweeper finds what is due by an index that holds nothing else', async () => {
  await sql.query('set local enable_seqscan = off')
  for (const [table, column, index] of [
    ['rollback', 'next_step_at', 'rollback_due'],
    ['episode', 'next_evaluation_at', 'episode_due'],
  ]) {
    const { rows } = await sql.query(`explain select id from ${table} where ${column} <= now() order by ${column} limit 10`)
    expect(JSON.stringify(rows)).toContain(index)
  }
})
