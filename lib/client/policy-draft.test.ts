import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY, type Policy } from '../core/policy.ts'
import { draftOf, newFreezeRow, newServiceRow, type PolicyEdits, readEdits, UNREADABLE } from './policy-draft.ts'

const BERLIN = 'Europe/Berlin'
const MINUTE = 60_000

const WHOLE: Policy = {
  ...DEFAULT_POLICY,
  mode: 'auto',
  freeze: [
    { kind: 'weekly', days: ['fri'], from: '18:00', to: '08:00', timeZone: 'UTC', reason: 'nobody looks' },
    { kind: 'once', startsAt: Date.UTC(2026, 11, 24, 17), endsAt: Date.UTC(2026, 11, 27), reason: 'holidays' },
  ],
  services: [
    { service: 'shop', namespace: null, workload: { namespace: 'shop', name: 'checkout' } },
    { service: 'pay', namespace: 'edge', workload: { namespace: 'shop', name: 'payments' } },
  ],
}

describe('a policy in a form', () => {
  it('is the same again when nothing was typed', () => {
    expect(readEdits({}, draftOf(WHOLE, BERLIN), BERLIN)).toEqual({ fields: WHOLE, errors: [] })
  })

  it('keeps what is set and not touched, and sets no longer what was taken out', () => {
    const { fields } = readEdits({ mode: 'auto', cooldownMs: MINUTE }, { cooldownMs: null, bakeTimeMs: '3 min' }, BERLIN)
    expect(fields).toEqual({ mode: 'auto', bakeTimeMs: 3 * MINUTE })
  })

  it.each<[string, PolicyEdits, string]>([
    ['a time without its unit', { cooldownMs: '15' }, 'cooldownMs'],
    ['a count in words', { minRequests: 'many' }, 'minRequests'],
    ['half a rollback', { budget: { count: '1.5', windowMs: '30 min' } }, 'budget.count'],
    ['a window that is none', { commonCause: { workloads: '3', withinMs: 'soon' } }, 'commonCause.withinMs'],
    [
      'a freeze without its day',
      { freeze: [{ ...newFreezeRow(0, BERLIN), kind: 'once', reason: 'x', endsAt: '2026-12-24T18:00' }] },
      'freeze.0.startsAt',
    ],
  ])('%s cannot be read, and the field is named', (_case, edits, path) => {
    expect(readEdits({}, edits, BERLIN).errors).toContainEqual({ path, message: UNREADABLE })
  })

  it.each<[string, PolicyEdits, string[]]>([
    ['a bake time of a second', { bakeTimeMs: '1 s' }, ['bakeTimeMs']],
    ['a freeze on no day that says not why', { freeze: [newFreezeRow(0, BERLIN)] }, ['freeze.0.days', 'freeze.0.reason']],
    [
      'a service without names',
      { services: [newServiceRow(0, '')] },
      ['services.0.service', 'services.0.workload.namespace', 'services.0.workload.name'],
    ],
  ])('%s is refused as the route would, each field by its name', (_case, edits, paths) => {
    expect(readEdits({}, edits, BERLIN).errors.map(({ path }) => path)).toEqual(paths)
  })
})
