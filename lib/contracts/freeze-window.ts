import { z } from 'zod'
import { type FreezeWindow, isTimeZone, WEEKDAYS } from '../core/freeze.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

const MINUTE = 60_000
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 18:00')
const reason = z.string().trim().min(1, 'must say why').max(200)

/** A time in which nothing is done by itself. */
export const freezeWindow = sameAs<FreezeWindow>()(
  z.discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('once'), startsAt: instant, endsAt: instant, reason })
      .refine(({ startsAt, endsAt }) => endsAt - startsAt >= MINUTE, {
        path: ['endsAt'],
        error: 'must be a minute or more after startsAt',
      }),
    z.strictObject({
      kind: z.literal('weekly'),
      days: z.array(z.enum(WEEKDAYS)).min(1).max(7).readonly(),
      from: timeOfDay,
      to: timeOfDay,
      timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Berlin'),
      reason,
    }),
  ]),
)
