import { z } from 'zod'
import { byId } from './by-id.ts'
import { condemnation } from './condemned.ts'
import { judgement, judgementWord } from './judgement.ts'
import { operation } from './operation.ts'

const body = z
  .strictObject({
    judgement: judgementWord,
    note: z.string().trim().min(1, 'say something, or leave it out').max(500, 'at most 500 characters').nullable().default(null),
    version: z.int().min(0),
  })
  .refine((said) => said.judgement !== 'wrong' || said.note !== null, { path: ['note'], error: 'say why it was wrong' })

export const postJudgement = operation({
  method: 'POST',
  path: '/api/decisions/:id/judgement',
  summary:
    'Say afterwards whether a decision on an alert was right. `wrong` takes back the condemnation that came of it; no other word condemns again. 409 for what a person asked for, and when somebody else judged meanwhile',
  access: 'operator',
  kind: 'json',
  mutates: true,
  params: byId,
  body,
  reply: z.object({
    judgement,
    /** The condemnation that ended by this. */
    takenBack: condemnation.nullable(),
    /** Whether what the rollback rolled away from is condemned now; null: the decision led to no rollback. */
    condemned: z.boolean().nullable(),
  }),
})
