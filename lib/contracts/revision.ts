import { z } from 'zod'
import type { Deploy, DeploySource } from '../core/deploy.ts'
import type { RevisionRef } from '../core/workload.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

/** One ReplicaSet of a workload: `uid` and `hash` identify it, `number` is for showing. */
export const revision = sameAs<RevisionRef>()(
  z.object({
    uid: z.string(),
    hash: z.string(),
    number: z.int(),
    templateFingerprint: z.string(),
    materialFingerprint: z.string(),
    images: z.array(z.string()),
  }),
)

export const deploySource = sameAs<DeploySource>()(z.enum(['watched', 'replica_set']))

/** The moment a revision became current. */
export const deploy = sameAs<Deploy>()(
  z.object({
    workloadId: z.string(),
    deploymentUid: z.string(),
    revision,
    deployedAt: instant,
    source: deploySource,
    completedAt: instant.nullable(),
  }),
)
