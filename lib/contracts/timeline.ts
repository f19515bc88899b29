import { z } from 'zod'
import { TIMELINE_KINDS, type TimelineEvent } from '../core/timeline.ts'
import { actor } from './actor.ts'
import { growing } from './growing.ts'
import { instant } from './instant.ts'
import { recordedValues } from './recorded.ts'
import { sameAs } from './same-as.ts'

/** One line of what happened, with the values that its sentence names. */
export const timelineEvent = sameAs<TimelineEvent>()(
  z.object({
    id: z.string(),
    kind: growing(TIMELINE_KINDS),
    at: instant,
    actor,
    data: recordedValues,
    incidentId: z.string().nullable(),
    rollbackId: z.string().nullable(),
  }),
)
