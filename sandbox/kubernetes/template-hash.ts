import { createHash } from 'node:crypto'
import type { JsonObject } from '../../lib/core/json.ts'
import { templateText } from '../../lib/core/template-fingerprint.ts'
import type { PodTemplate } from './objects.ts'

/** The alphabet of Kubernetes' `rand.SafeEncodeString`: no vowels, so no words. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** A `pod-template-hash`: equal templates, equal hash. */
export function templateHash(template: PodTemplate): string {
  const bytes = createHash('sha256')
    .update(templateText(template as unknown as JsonObject))
    .digest()
  return [...bytes.subarray(0, 10)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
}
