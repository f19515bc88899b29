import { randomBytes } from 'node:crypto'
import type { ObjectStore } from './object-store.ts'
import { type KubeEvent, type KubeObject, timestamp } from './objects.ts'

/** As the API server's `--event-ttl`. */
const TTL_MS = 3_600_000

interface Told {
  type: KubeEvent['type']
  reason: string
  message: string
  source: KubeEvent['source']
}

/** Tells of an object; the same words again are counted on the Event that is there. */
export function recordEvent(store: ObjectStore, { apiVersion, kind, metadata }: KubeObject, told: Told): void {
  const { namespace, name, uid } = metadata
  const now = store.clock.now()
  const known = store.list('events', namespace ?? null)
  for (const event of known) if (Date.parse(event.lastTimestamp) < now - TTL_MS) store.delete('events', event.metadata)
  const same = known.find((one) => one.involvedObject.uid === uid && one.reason === told.reason && one.message === told.message)
  if (same) {
    store.change('events', same.metadata, (draft) => {
      draft.count += 1
      draft.lastTimestamp = timestamp(now)
    })
    return
  }
  store.create('events', {
    metadata: { name: `${name}.${randomBytes(8).toString('hex')}`, ...(namespace !== undefined && { namespace }) },
    involvedObject: { apiVersion, kind, ...(namespace !== undefined && { namespace }), name, uid },
    ...told,
    count: 1,
    firstTimestamp: timestamp(now),
    lastTimestamp: timestamp(now),
  })
}
