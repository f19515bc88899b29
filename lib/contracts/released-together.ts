import { z } from 'zod'
import type { ReleasedBeside, ReleasedTogether } from '../core/released-together.ts'
import { instant } from './instant.ts'
import { revision } from './revision.ts'
import { sameAs } from './same-as.ts'
import { workloadRef } from './workload-ref.ts'

const releasedBeside = sameAs<ReleasedBeside>()(
  z.object({
    workload: workloadRef,
    revision,
    deployedAt: instant,
    trouble: z.object({ incidentId: z.string(), isOpen: z.boolean() }).nullable(),
  }),
)

/** Other workloads that were deployed at about the same time. */
export const releasedTogether = sameAs<ReleasedTogether>()(z.object({ deployedAt: instant, of: z.array(releasedBeside), leftOut: z.int() }))
