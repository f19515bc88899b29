import type { Condemnation } from '../../../core/condemnation.ts'
import type { Condemnation as CondemnationRow } from '../generated/client.ts'
import { toInstant } from './instant.ts'

export function toCondemnation({ materialFingerprint, images, rollbackId, condemnedAt }: CondemnationRow): Condemnation {
  return { materialFingerprint, images, rollbackId, condemnedAt: toInstant(condemnedAt) }
}
