import { z } from 'zod'
import { PREFLIGHT_WARNINGS, type Preflight } from '../core/preflight.ts'
import { configChanges } from './config-change.ts'
import { candidate, check, decisionReason, effect } from './decision.ts'
import { operation } from './operation.ts'
import { orNull } from './or-null.ts'
import { revision } from './revision.ts'
import { sameAs } from './same-as.ts'
import { templateChange } from './template-change.ts'
import { byWorkload } from './workload.ts'
import { workloadRef } from './workload-ref.ts'
import { revisionUid } from './workload-revisions.ts'

const reply = sameAs<Preflight>()(
  z.object({
    workload: workloadRef,
    from: revision.nullable(),
    to: candidate.nullable(),
    effect,
    reason: decisionReason,
    checks: z.array(check),
    changes: z.array(templateChange),
    warnings: z.array(z.object({ code: z.enum(PREFLIGHT_WARNINGS), names: z.array(z.string()) })),
    configs: configChanges.nullable(),
  }),
)

export const getPreflight = operation({
  method: 'GET',
  path: '/api/workloads/:namespace/:kind/:name/preflight',
  summary: 'What a rollback by hand would be now: its gates, the server’s dry run, what it would change. Changes nothing',
  access: 'operator',
  kind: 'json',
  params: byWorkload,
  query: z.strictObject({ to: orNull(revisionUid) }),
  reply,
})
