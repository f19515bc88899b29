import { type Gate, hold, pass } from './gate.ts'

/** 15. Automation is enabled, not paused, and the mode allows more than nothing. A person who asks goes on in any case: dry run alone counts then. */
export const control: Gate = {
  name: 'control',
  kind: 'control',
  stage: 1,
  byHand: false,
  ask({ control: state }) {
    const values = { mode: state.mode, dryRun: state.dryRun }
    if (!state.enabled) return hold('automation_disabled', values)
    if (state.paused) return hold('paused', { ...values, scope: state.paused.scope }, state.paused.until)
    if (state.mode === 'off') return hold('mode_off', values)
    return pass('control_allows', values)
  },
}
