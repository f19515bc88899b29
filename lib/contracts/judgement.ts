import { z } from 'zod'
import { JUDGEMENTS, type JudgedCounts, type Judgement } from '../core/judgement.ts'
import { actor } from './actor.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

export const judgementWord = z.enum(JUDGEMENTS)

/** What people say of a decision now. */
export const judgement = sameAs<Judgement>()(
  z.object({ version: z.int(), judgement: judgementWord, note: z.string().nullable(), actor, judgedAt: instant }),
)

export const judgedCounts = sameAs<JudgedCounts>()(z.object({ right: z.int(), wrong: z.int(), unsure: z.int(), none: z.int() }))
