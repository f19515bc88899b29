import { z } from 'zod'
import { type Clocks, type OnsetSource, type Parts, parts } from '../core/clocks.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

export const onsetSource = sameAs<OnsetSource>()(z.enum(['active_at', 'starts_at']))

const ms = z.number().nullable()
const seen = instant.nullable()

const withParts = sameAs<Clocks & { parts: Parts }>()(
  z.object({
    deployedAt: seen,
    startedAt: seen,
    startedAtSource: onsetSource.nullable(),
    receivedAt: seen,
    decidedAt: seen,
    undoneAt: seen,
    restoredAt: seen,
    mitigatedAt: seen,
    verifiedAt: seen,
    /** Milliseconds. The first four add up to `mttrMs`. */
    parts: z.object({
      detectMs: ms,
      decideMs: ms,
      executeMs: ms,
      recoverMs: ms,
      mttrMs: ms,
      verifyMs: ms,
      sinceDeployMs: ms,
    }),
  }),
)

/** The clocks of a rollback; on the wire with the parts that they add up to, so that nobody computes them anew. */
export const clocks = z.codec(withParts, z.custom<Clocks>(), {
  decode: (wire): Clocks => wire,
  encode: (record) => ({ ...record, parts: parts(record) }),
})
