import { z } from 'zod'
import type { Comparison } from '../core/signal.ts'
import { type IncidentSignal, NO_SIGNAL_STATES } from '../core/signal-range.ts'
import { SIGNAL_UNITS } from '../core/signal-unit.ts'
import { byId } from './by-id.ts'
import { instant } from './instant.ts'
import { operation } from './operation.ts'
import { sameAs } from './same-as.ts'

const around = { alert: z.string().nullable(), from: instant, to: instant }

/** The rule's left side around the deploy; a point that nobody measured is not there. */
const incidentSignal = sameAs<IncidentSignal>()(
  z.discriminatedUnion('state', [
    z.object({
      ...around,
      state: z.literal('read'),
      rule: z.string(),
      comparison: sameAs<Comparison>()(z.enum(['>', '>=', '<', '<=', '==', '!='])),
      threshold: z.number(),
      unit: z.enum(SIGNAL_UNITS),
      stepMs: z.int(),
      points: z.array(z.object({ at: instant, value: z.number() })),
    }),
    z.object({ ...around, state: z.enum(NO_SIGNAL_STATES) }),
  ]),
)

export const getIncidentSignal = operation({
  method: 'GET',
  path: '/api/incidents/:id/signal',
  summary: "What an incident's alert measures, around the deploy, with its threshold; `state` says why there is nothing to show",
  access: 'viewer',
  kind: 'json',
  params: byId,
  reply: incidentSignal,
})
