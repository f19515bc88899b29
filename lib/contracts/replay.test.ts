import { expect, test } from 'vitest'
import { z } from 'zod'
import { decide } from '../core/decide.ts'
import { NONE_JUDGED } from '../core/judgement.ts'
import { replay } from '../core/replay.ts'
import { replaySummary } from '../core/replay-summary.ts'
import { aFacts, aPolicy, MINUTE, T0 } from '../testing/builders.ts'
import { postJudgement } from './judge-decision.ts'
import { getReplay, postReplay, postReplayRange } from './replay.ts'

const FACTS = aFacts({ workload: { lastRollbackEndedAt: T0 - 20 * MINUTE } })
const POLICY = aPolicy({
  cooldownMs: 60 * MINUTE,
  freeze: [{ kind: 'once', startsAt: T0, endsAt: T0 + 60 * MINUTE, reason: 'release' }],
})
const RECORD = { ...decide(FACTS), facts: FACTS }
const REPLAYED = replay(RECORD, POLICY)
const VIEW = { ...REPLAYED, decisionId: 'd-1', policy: POLICY, recorded: FACTS.policy, changed: ['cooldownMs' as const, 'freeze' as const] }

test('a replay fits the wire, its instants as ISO 8601, and comes back the same', () => {
  const wire = z.encode(getReplay.reply, VIEW)
  expect(wire).toMatchObject({
    answer: 'changed',
    after: { reason: 'frozen' },
    madeBy: ['cooldown', 'allowed'],
    policy: { freeze: [{ startsAt: '2026-01-05T10:00:00.000Z' }] },
    recorded: { cooldownMs: 900_000 },
  })
  expect(z.decode(getReplay.reply, JSON.parse(JSON.stringify(wire)))).toEqual(VIEW)
})

test('what cannot be told fits too', () => {
  const held = aFacts({ policy: { mode: 'off' }, outside: null, workload: { dryRun: null } })
  const view = { ...VIEW, ...replay({ ...decide(held), facts: held }, aPolicy()) }
  const wire = z.encode(getReplay.reply, view)
  expect(wire).toMatchObject({ answer: 'cannot_tell', after: null })
  expect(wire.open[0]).toEqual({ gate: 'confirmed', why: 'not_asked_then', values: { heldBy: ['control'] } })
  expect(z.decode(getReplay.reply, wire)).toEqual(view)
})

test('a range fits the wire', () => {
  const summary = replaySummary()
  const record = { id: 'd-1', decidedAt: T0, episodeId: 'e', incidentId: 'i', rollbackId: null, workload: null, judgement: null }
  summary.add(record, REPLAYED)
  const reply = { from: T0, to: T0 + 1, truncated: false, ...summary.result() }
  const wire = z.encode(postReplayRange.reply, reply)
  expect(wire).toMatchObject({
    changed: 1,
    changes: [{ decidedAt: '2026-01-05T10:00:00.000Z' }],
    judged: { changed: { ...NONE_JUDGED, none: 1 } },
  })
  expect(z.decode(postReplayRange.reply, wire)).toEqual(reply)
})

test('an edit that is tried out is held to the bounds of a policy, and a misspelt field is refused by name', () => {
  const tried = (fields: unknown) => postReplay.body.safeParse({ fields })
  expect(tried({ cooldownMs: 60_000 }).data).toEqual({ fields: { cooldownMs: 60_000 }, scope: null })
  expect(tried({ cooldownMs: -1 }).error?.issues[0]?.path).toEqual(['fields', 'cooldownMs'])
  expect(tried({ cooldown: 5 }).error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['cooldown'] })
})

test('the page can send what the route reads', () => {
  const body = {
    from: T0,
    to: T0 + 1,
    namespace: null,
    workload: null,
    edit: { fields: { mode: 'auto' as const }, scope: { level: 'cluster' as const } },
  }
  const wire = z.encode(postReplayRange.body, body)
  expect(wire).toMatchObject({ from: '2026-01-05T10:00:00.000Z', edit: { fields: { mode: 'auto' } } })
  expect(z.decode(postReplayRange.body, wire)).toEqual(body)
})

test('a range ends after it begins', () => {
  const asked = postReplayRange.body.safeParse({ from: '2026-01-05T10:00:00Z', to: '2026-01-05T10:00:00Z' })
  expect(asked.error?.issues).toMatchObject([{ path: ['to'], message: 'must be later than from' }])
})

test.each([
  [{ judgement: 'wrong', version: 0 }, ['note'], 'say why it was wrong'],
  [{ judgement: 'wrong', note: '  ', version: 0 }, ['note'], 'say something, or leave it out'],
  [{ judgement: 'right', note: 'x'.repeat(501), version: 0 }, ['note'], 'at most 500 characters'],
  [{ judgement: 'perhaps', version: 0 }, ['judgement'], undefined],
  [{ judgement: 'right' }, ['version'], undefined],
])('a judgement like %j is refused by field', (body, path, message) => {
  const [issue] = postJudgement.body.safeParse(body).error?.issues ?? []
  expect(issue?.path).toEqual(path)
  if (message) expect(issue?.message).toBe(message)
})

test('right and unsure need no note', () => {
  expect(postJudgement.body.parse({ judgement: 'unsure', version: 2 })).toEqual({ judgement: 'unsure', note: null, version: 2 })
})
