import { type Gate, hold, pass } from './gate.ts'

/** 15. Automation is enabled, not paused, and the mode allows more than nothing. By hand it always goes on. */
export const control: Gate = {
  name: 'control',
  kind: 'control',
  stage: 1,
  byHand: true,
  ask({ control: state, trigger }) {
    const values = { mode: state.mode, dryRun: state.dryRun }
    if (trigger.kind === 'person') return pass('control_allows', { dryRun: state.dryRun })
    if (!state.enabled) return hold('automation_disabled', values)
    if (state.paused) return hold('paused', { ...values, scope: state.paused.scope }, state.paused.until)
    if (state.mode === 'off') return hold('mode_off', values)
    return pass('control_allows', values)
  },
}
