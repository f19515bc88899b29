import { expect, test } from 'vitest'
import type { Caller } from '../core/audit.ts'
import { FakeStore } from '../testing/fake-store.ts'
import { steerAutomation } from './steer-automation.ts'

const NOW = Date.parse('2026-02-01T10:00:00Z')
const HOUR = 3_600_000
const ADA: Caller = { actor: { kind: 'user', id: 'u-1', name: 'ada@example.com' }, address: null, requestId: null }
const CLUSTER = { level: 'cluster' } as const
const REASON = 'the database moves'

function world(now = NOW) {
  const clock = { now }
  return { clock, store: new FakeStore(() => clock.now), now: () => clock.now }
}

test('a pause is shown with its reason and who made it, and a resume ends it', async () => {
  const deps = world()
  const pause = { action: 'pause', scope: CLUSTER, reason: REASON, until: NOW + HOUR, version: null } as const
  const paused = await steerAutomation(deps, { caller: ADA, command: pause })
  expect(paused.result.control.pauses).toMatchObject([{ scope: CLUSTER, reason: REASON, actor: ADA.actor, until: NOW + HOUR }])
  expect(paused.audited).toMatchObject({ action: 'control.pause', target: 'cluster', reason: REASON, actor: ADA.actor })

  const resumed = await steerAutomation(deps, { caller: ADA, command: { action: 'resume', scope: CLUSTER, reason: 'done', version: null } })
  expect(resumed.result.control.pauses).toEqual([])
})

test('an expired pause is not shown any more, though nobody took it away', async () => {
  const deps = world()
  await steerAutomation(deps, { caller: ADA, command: { action: 'pause', scope: CLUSTER, reason: REASON, until: NOW + 1, version: null } })
  deps.clock.now = NOW + 2
  const on = { action: 'dry-run', on: true, reason: REASON, until: null, version: null } as const
  expect((await steerAutomation(deps, { caller: ADA, command: on })).result.control.pauses).toEqual([])
})

test('dry run that is switched off for a time says what holds now', async () => {
  const deps = world()
  const off = { action: 'dry-run', on: false, reason: REASON, until: NOW + HOUR, version: null } as const
  const { result } = await steerAutomation(deps, { caller: ADA, command: off })
  expect(result.control).toMatchObject({ isDryRun: false, dryRun: { on: false, until: NOW + HOUR } })
})

test.each([
  { action: 'pause', scope: CLUSTER, reason: REASON, until: NOW, version: null },
  { action: 'dry-run', on: false, reason: REASON, until: NOW - 1, version: null },
] as const)('an expiry that is over is refused by field: $action', async (command) => {
  const deps = world()
  const refused = steerAutomation(deps, { caller: ADA, command })
  await expect(refused).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'until', message: 'must be in the future' }] })
})

test('a change made on an old version is a conflict and changes nothing', async () => {
  const deps = world()
  const pause = (version: number | null) => ({ action: 'pause', scope: CLUSTER, reason: REASON, until: null, version }) as const
  const first = await steerAutomation(deps, { caller: ADA, command: pause(null) })
  const { version } = first.result.control
  const resume = { action: 'resume', scope: CLUSTER, reason: 'done', version: version - 1 } as const
  await expect(steerAutomation(deps, { caller: ADA, command: resume })).rejects.toMatchObject({ code: 'conflict' })
  expect((await steerAutomation(deps, { caller: ADA, command: pause(version) })).result.control.version).toBe(version + 1)
})
