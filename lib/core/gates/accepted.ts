import { never } from '../never.ts'
import { type Gate, hold, inconclusive, notApplicable, pass } from './gate.ts'

/** 14. The API server takes the patch as a dry run. */
export const accepted: Gate = {
  name: 'accepted',
  kind: 'control',
  stage: 2,
  byHand: true,
  ask({ workload }) {
    if (workload === null) return notApplicable('not_reached')
    const answer = workload.dryRun
    // It was not asked because a hold stood in the way that has just ended: ask again, do not guess.
    if (answer === null) return inconclusive('source_silent', { source: 'kubernetes' })
    switch (answer.kind) {
      case 'accepted':
        return pass('accepted')
      case 'refused':
        return hold('patch_refused', { message: answer.message })
      case 'no_dry_run':
        return inconclusive('admission_without_dry_run', { message: answer.message })
      case 'outdated':
        return inconclusive('cache_behind', { message: answer.message })
      case 'silent':
        return inconclusive('source_silent', { source: 'kubernetes', message: answer.message })
      default:
        return never(answer)
    }
  },
}
