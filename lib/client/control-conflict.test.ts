import { expect, it } from 'vitest'
import { type ControlNow, firstControl, type Pause } from '../core/control.ts'
import { controlDifferences } from './control-conflict.ts'

const AT = Date.UTC(2026, 0, 5, 10)
const SEEN: ControlNow = { ...firstControl(AT), isDryRun: true }
const ADA = { kind: 'user' as const, id: 'u1', name: 'ada@example.test' }

function aPause(since: number, namespace?: string): Pause {
  return { scope: namespace ? { level: 'namespace', namespace } : { level: 'cluster' }, reason: 'upgrade', actor: ADA, since, until: null }
}

it('names a new pause, one set anew, and one that is gone', () => {
  const seen = { ...SEEN, pauses: [aPause(AT), aPause(AT, 'shop')] }
  const fresh = { ...SEEN, pauses: [aPause(AT + 5), aPause(AT, 'web')] }
  expect(controlDifferences(seen, fresh)).toEqual([
    { kind: 'paused', pause: aPause(AT + 5) },
    { kind: 'paused', pause: aPause(AT, 'web') },
    { kind: 'resumed', scope: { level: 'namespace', namespace: 'shop' } },
  ])
})

it('names who switched dry run, and what configuration did', () => {
  const dryRun = { on: false, reason: 'ready', actor: ADA, since: AT + 5, until: null }
  expect(controlDifferences(SEEN, { ...SEEN, enabled: false, dryRun, isDryRun: false })).toEqual([
    { kind: 'disabled' },
    { kind: 'dryRunOff', dryRun },
  ])
})

it('names nothing when only the version moved', () => {
  expect(controlDifferences(SEEN, { ...SEEN, version: 9 })).toEqual([])
})
