import { imageReference } from '../core/image-reference.ts'
import type { Instant } from '../core/json.ts'
import type { WorkloadRef } from '../core/workload.ts'
import type { ReadModel } from '../ports.ts'

interface Condemned {
  condemned: boolean
  /** Newest first, with the images that its template had. */
  by: { rollbackId: string; condemnedAt: Instant; images: string[] }[]
}

/**
 * Whether a template of the workload that was rolled away from, and not taken back since, has one of the images. Nothing is condemned of a
 * workload that was never seen: CI asks before the first deploy too.
 */
export async function readCondemned(
  { read }: { read: Pick<ReadModel, 'condemnations'> },
  { workload, images }: { workload: WorkloadRef; images: readonly string[] },
): Promise<Condemned> {
  const asked = new Set(images.map(imageReference))
  const found = (await read.condemnations(workload)).filter((one) => one.images.some((image) => asked.has(imageReference(image))))
  return {
    condemned: found.length > 0,
    by: found.map(({ rollbackId, condemnedAt, images: had }) => ({ rollbackId, condemnedAt, images: had })),
  }
}
