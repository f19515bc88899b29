import { type JsonObject, objectAt } from '../../core/json.ts'
import type { ApiClient } from './api-client.ts'
import { collection } from './paths.ts'
import { objectsAt } from './project.ts'

/**
 * A ReplicaSet by its uid, raw: a name may be used again, a uid is not. Null: it is gone.
 *
 * @param hash label `pod-template-hash`, to ask for one instead of all
 */
export async function readReplicaSet(
  api: ApiClient,
  { namespace, uid, hash }: { namespace: string; uid: string; hash: string | null },
): Promise<JsonObject | null> {
  const query: Record<string, string> = hash ? { labelSelector: `pod-template-hash=${hash}` } : {}
  const found = await api.read({ verb: 'list', ...collection('replicasets', namespace), query })
  return objectsAt(found ?? {}, 'items').find((item) => objectAt(item, 'metadata')['uid'] === uid) ?? null
}
