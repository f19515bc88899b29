import { z } from 'zod'
import { CONFIG_KINDS, CONFIG_STATES, type ConfigChange, type ConfigChanges } from '../core/config-change.ts'
import { instant } from './instant.ts'
import { sameAs } from './same-as.ts'

const configChange = sameAs<ConfigChange>()(
  z.object({
    kind: z.enum(CONFIG_KINDS),
    name: z.string(),
    state: z.enum(CONFIG_STATES),
    changedAt: instant.nullable(),
    isNew: z.boolean(),
    inTarget: z.boolean(),
    resourceVersion: z.string().nullable(),
  }),
)

/** What became of the ConfigMaps and Secrets that the templates read: by metadata, never what they hold. */
export const configChanges = sameAs<ConfigChanges>()(z.object({ since: instant.nullable(), of: z.array(configChange), leftOut: z.int() }))
