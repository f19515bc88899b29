import { z } from 'zod'
import { NO_TRAFFIC_STATES, type TrafficAt, type TrafficThenAndNow } from '../core/traffic.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

const trafficAt = sameAs<TrafficAt>()(z.object({ at: instant, perSecond: z.number().nullable() }))

/** Requests a second before the deploy and when it was looked at. */
export const traffic = sameAs<TrafficThenAndNow>()(
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('read'), expression: z.string(), windowMs: z.int(), before: trafficAt, now: trafficAt }),
    z.object({ state: z.enum(NO_TRAFFIC_STATES) }),
  ]),
)
