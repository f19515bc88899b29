import { expect, test } from 'vitest'
import { z } from 'zod'
import { postControl } from './control.ts'

const body = postControl.body
const REASON = 'the database moves tonight'

test('a pause names its scope and reason; expiry and version may be left out', () => {
  expect(body.parse({ action: 'pause', scope: { level: 'cluster' }, reason: `  ${REASON} ` })).toEqual({
    action: 'pause',
    scope: { level: 'cluster' },
    reason: REASON,
    until: null,
    version: null,
  })
})

test('an expiry is an instant with a zone', () => {
  const given = { action: 'dry-run', on: false, reason: REASON, until: '2026-02-01T09:00:00+01:00', version: 3 }
  expect(body.parse(given)).toMatchObject({ until: Date.parse('2026-02-01T08:00:00Z'), version: 3 })
})

test.each<[string, unknown, string]>([
  ['no action', { reason: REASON }, 'action'],
  ['an action that does not exist', { action: 'stop', reason: REASON }, 'action'],
  ['no reason', { action: 'resume', scope: { level: 'cluster' } }, 'reason'],
  ['a reason of white space', { action: 'resume', scope: { level: 'cluster' }, reason: '   ' }, 'reason'],
  ['a reason of 501 characters', { action: 'resume', scope: { level: 'cluster' }, reason: 'x'.repeat(501) }, 'reason'],
  ['a namespace that is none', { action: 'pause', scope: { level: 'namespace', namespace: 'No!' }, reason: REASON }, 'scope.namespace'],
  [
    'a workload without a name',
    { action: 'pause', scope: { level: 'workload', workload: { namespace: 'shop', kind: 'Deployment' } }, reason: REASON },
    'scope.workload.name',
  ],
  ['an expiry that is no instant', { action: 'pause', scope: { level: 'cluster' }, reason: REASON, until: 'tomorrow' }, 'until'],
  ['an expiry without a zone', { action: 'pause', scope: { level: 'cluster' }, reason: REASON, until: '2026-02-01T09:00:00' }, 'until'],
  ['dry run neither on nor off', { action: 'dry-run', reason: REASON }, 'on'],
])('%s is refused and the field named', (_case, given, path) => {
  expect(body.safeParse(given).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

test('an expiry of a resume is refused by name: it would mean nothing', () => {
  const refused = body.safeParse({ action: 'resume', scope: { level: 'cluster' }, reason: REASON, until: '2026-02-01T09:00:00Z' })
  expect(refused.error?.issues[0]).toMatchObject({ keys: ['until'] })
})

test('the reply carries instants as ISO 8601 and of rollbacks under way only what people need', () => {
  const actor = { kind: 'user', id: 'u', name: 'ada@example.com' } as const
  const control = {
    version: 2,
    enabled: true,
    dryRun: { on: true, reason: 'first start', actor, since: 0, until: null },
    isDryRun: true,
    pauses: [{ scope: { level: 'cluster' } as const, reason: REASON, actor, since: 0, until: 60_000 }],
    configured: { dryRun: null, enabled: null },
  }
  const workload = { namespace: 'shop', kind: 'Deployment', name: 'checkout' } as const
  const underWay = [{ id: 'r', workload, phase: 'undoing' as const, generation: 7 }]
  expect(z.encode(postControl.reply, { control, underWay })).toEqual({
    control: {
      ...control,
      dryRun: { ...control.dryRun, since: '1970-01-01T00:00:00.000Z' },
      pauses: [{ ...control.pauses[0], since: '1970-01-01T00:00:00.000Z', until: '1970-01-01T00:01:00.000Z' }],
    },
    underWay: [{ id: 'r', workload, phase: 'undoing' }],
  })
})
