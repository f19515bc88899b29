import { z } from 'zod'
import type { Drift } from '../core/drift.ts'
import { OWNER_KINDS, OWNER_KNOWN, OWNER_UNDOS, type Owner } from '../core/owner.ts'
import { instant } from './instant.ts'
import { revision } from './revision.ts'
import { sameAs } from './same-as.ts'

/** What else manages a Deployment, and what it does to an undo. */
export const owner = sameAs<Owner>()(
  z.object({
    kind: z.enum(OWNER_KINDS),
    name: z.string(),
    undo: z.enum(OWNER_UNDOS),
    revertsWithinMs: z.number().optional(),
    known: z.enum(OWNER_KNOWN).optional(),
    revision: z.string().optional(),
    inSync: z.boolean().optional(),
    comparedAt: instant.optional(),
  }),
)

/** After an undo of an owned workload: whether source and cluster differ still. */
export const drift = sameAs<Drift>()(
  z.object({
    state: z.enum(['drifted', 'reverted']),
    rollbackId: z.string(),
    incidentId: z.string().nullable(),
    undoneAt: instant,
    from: revision,
    to: revision,
    owner,
    revertedAt: instant.nullable(),
  }),
)
