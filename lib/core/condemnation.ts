import type { Instant } from './json.ts'

/** What a template was condemned for: it was rolled away from, and is recognised when it is deployed again. */
export interface Condemnation {
  materialFingerprint: string
  images: string[]
  rollbackId: string
  condemnedAt: Instant
}
