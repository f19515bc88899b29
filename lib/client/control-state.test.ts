import { describe, expect, it } from 'vitest'
import { type ControlNow, firstControl, type Pause } from '../core/control.ts'
import { controlState, isFirstStart, nextMorning, pauseAt, pauseEnd } from './control-state.ts'

const AT = Date.UTC(2026, 0, 5, 10)
const ADA = { kind: 'user' as const, id: 'u1', name: 'ada@example.test' }

function aControl(overrides: Partial<ControlNow> = {}): ControlNow {
  const first = firstControl(AT)
  return { ...first, dryRun: { ...first.dryRun, on: false, actor: ADA }, isDryRun: false, ...overrides }
}

function aPause(overrides: Partial<Pause> = {}): Pause {
  return { scope: { level: 'cluster' }, reason: 'upgrade', actor: ADA, since: AT, until: null, ...overrides }
}

const dryRun = { on: true, reason: 'look first', actor: ADA, since: AT, until: null }

describe('the state of automation', () => {
  it('is acting when nothing stands in the way', () => expect(controlState(aControl(), AT).kind).toBe('acting'))

  it('is dry run, paused, disabled: the strongest counts', () => {
    expect(controlState(aControl({ dryRun }), AT).kind).toBe('dry-run')
    expect(controlState(aControl({ dryRun, pauses: [aPause()] }), AT)).toMatchObject({ kind: 'paused', control: { isDryRun: true } })
    expect(controlState(aControl({ enabled: false, pauses: [aPause()] }), AT).kind).toBe('disabled')
  })

  it('acts again when its pause has run out, heard of or not', () => {
    const control = aControl({ pauses: [aPause({ until: AT + 1_000 })] })
    expect(controlState(control, AT).kind).toBe('paused')
    expect(controlState(control, AT + 1_000)).toMatchObject({ kind: 'acting', pause: null })
  })

  it('a pause of a namespace leaves the rest acting, and is named', () => {
    const pause = aPause({ scope: { level: 'namespace', namespace: 'shop' } })
    const state = controlState(aControl({ pauses: [pause] }), AT)
    expect(state).toMatchObject({ kind: 'acting', partial: [pause] })
    expect(pauseAt(state, { level: 'namespace', namespace: 'shop' })).toEqual(pause)
    expect(pauseAt(state, { level: 'cluster' })).toBeNull()
  })

  it('knows a first start from a dry run that somebody wanted', () => {
    expect(isFirstStart({ ...firstControl(AT), isDryRun: true })).toBe(true)
    expect(isFirstStart(aControl({ dryRun, isDryRun: true }))).toBe(false)
    expect(isFirstStart({ ...firstControl(AT), isDryRun: true, configured: { dryRun: true, enabled: null } })).toBe(false)
  })
})

describe('a pause ends', () => {
  it.each([
    ['half-hour' as const, AT + 1_800_000],
    ['two-hours' as const, AT + 7_200_000],
    ['for-good' as const, null],
  ])('%s: %s', (length, end) => expect(pauseEnd(length, AT, 'UTC')).toBe(end))

  it.each([
    ['in the afternoon: tomorrow', Date.UTC(2026, 0, 5, 14), 'UTC', Date.UTC(2026, 0, 6, 8)],
    ['at night: today', Date.UTC(2026, 0, 5, 3), 'UTC', Date.UTC(2026, 0, 5, 8)],
    ['exactly at eight: tomorrow', Date.UTC(2026, 0, 5, 8), 'UTC', Date.UTC(2026, 0, 6, 8)],
    ['in Shanghai', Date.UTC(2026, 0, 5, 14), 'Asia/Shanghai', Date.UTC(2026, 0, 6, 0)],
    ['in Berlin over the night in which clocks go forward', Date.UTC(2026, 2, 28, 20), 'Europe/Berlin', Date.UTC(2026, 2, 29, 6)],
    ['in Berlin over the night in which clocks go back', Date.UTC(2026, 9, 24, 20), 'Europe/Berlin', Date.UTC(2026, 9, 25, 7)],
    ['west of UTC', Date.UTC(2026, 0, 6, 2), 'America/Los_Angeles', Date.UTC(2026, 0, 6, 16)],
  ])('at eight, %s', (_, now, zone, end) => expect(nextMorning(now, zone)).toBe(end))
})
