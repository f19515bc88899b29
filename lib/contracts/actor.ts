import { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { sameAs } from './same-as.ts'

/** Who did it. */
export const actor = sameAs<Actor>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('engine') }),
    z.object({ kind: z.literal('webhook') }),
    z.object({ kind: z.literal('configuration') }),
    z.object({ kind: z.literal('user'), id: z.string(), name: z.string() }),
    z.object({ kind: z.literal('token'), id: z.string(), name: z.string() }),
  ]),
)
