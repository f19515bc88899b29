import { z } from 'zod'
import type { Scope } from '../core/scope.ts'
import { sameAs } from './same-as.ts'
import { namespaceName, workloadRef } from './workload-ref.ts'

/** What a pause or a policy speaks about. */
export const scope = sameAs<Scope>()(
  z.discriminatedUnion('level', [
    z.strictObject({ level: z.literal('cluster') }),
    z.strictObject({ level: z.literal('namespace'), namespace: namespaceName }),
    z.strictObject({ level: z.literal('workload'), workload: workloadRef }),
  ]),
)
