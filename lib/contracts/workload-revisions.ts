import { z } from 'zod'
import type { RevisionStory } from '../core/revision-history.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { orNull } from './or-null.ts'
import { deploySource, revision } from './revision.ts'
import { sameAs } from './same-as.ts'
import { templateChange } from './template-change.ts'
import { byWorkload } from './workload.ts'

/** uid of a ReplicaSet. */
export const revisionUid = z.string().min(1).max(100)

const story = sameAs<RevisionStory>()(
  z.object({
    revision,
    isCurrent: z.boolean(),
    isThere: z.boolean(),
    deployedAt: instant.nullable(),
    source: deploySource.nullable(),
    completedAt: instant.nullable(),
    timesDeployed: z.int(),
    servedMs: z.number().nullable(),
    condemned: z.object({ rollbackId: z.string(), at: instant }).nullable(),
    incidentIds: z.array(z.string()),
    standing: z.enum(['condemned', 'troubled', 'good', 'short', 'unknown']),
  }),
)

export const getRevisions = operation({
  method: 'GET',
  path: '/api/workloads/:namespace/:kind/:name/revisions',
  summary: 'The revisions of a workload: what the cluster has, with what is on record of them (the newest 100 deploys and incidents)',
  access: 'viewer',
  kind: 'json',
  params: byWorkload,
  reply: z.object({
    cluster: z.enum(['answers', 'silent']),
    exists: z.boolean().nullable(),
    currentUid: z.string().nullable(),
    targetUid: z.string().nullable(),
    revisions: z.array(story),
  }),
})

export const getRevisionDiff = operation({
  method: 'GET',
  path: '/api/workloads/:namespace/:kind/:name/revisions/:uid/diff',
  summary: 'What differs from one revision to another (`to`), or to the current one. What looks like a secret is masked',
  access: 'viewer',
  kind: 'json',
  params: byWorkload.extend({ uid: revisionUid }),
  query: z.strictObject({ to: orNull(revisionUid) }),
  reply: z.object({ from: revision, to: revision, changes: z.array(templateChange) }),
})
