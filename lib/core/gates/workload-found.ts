import { workloadKey } from '../workload.ts'
import { type Gate, hold, inconclusive, pass } from './gate.ts'

/** 2. The labels lead to exactly one workload. */
export const workloadFound: Gate = {
  name: 'workload_found',
  kind: 'evidence',
  stage: 1,
  byHand: true,
  ask({ resolution, workload }) {
    if (resolution === null) return inconclusive('source_silent', { source: 'kubernetes' })
    switch (resolution.kind) {
      case 'none':
        return hold('workload_not_found', { tried: resolution.tried })
      case 'ambiguous':
        return hold('workload_ambiguous', { via: resolution.via, candidates: resolution.candidates.map(workloadKey) })
      case 'found':
        return workload === null
          ? hold('workload_not_found', { tried: [workloadKey(resolution.workload)] })
          : pass('workload_found', { workload: workloadKey(resolution.workload), via: resolution.via })
    }
  },
}
