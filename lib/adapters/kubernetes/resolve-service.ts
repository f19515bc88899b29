import { objectAt } from '../../core/json.ts'
import type { WorkloadRef } from '../../core/workload.ts'
import type { ApiClient } from './api-client.ts'
import type { ClusterCache } from './cluster-cache.ts'
import { collection, object } from './paths.ts'
import { objectsAt, textAt, texts } from './project.ts'

/** @param namespaces the watched ones; null: all, which takes the right to list Services of the whole cluster */
export async function namespacesOfService(api: ApiClient, namespaces: readonly string[] | null, name: string): Promise<string[]> {
  if (namespaces === null) {
    const query = { fieldSelector: `metadata.name=${name}` }
    const found = await api.read({ verb: 'list', ...collection('services', null), query })
    return objectsAt(found ?? {}, 'items').map((service) => textAt(objectAt(service, 'metadata'), 'namespace'))
  }
  const asked = await Promise.all(
    namespaces.map(async (namespace) => ((await readService(api, namespace, name)) === null ? [] : [namespace])),
  )
  return asked.flat()
}

/** Deployments whose pods the Service selects; one without a selector selects none. Null: no such Service. */
export async function deploymentsOfService(
  api: ApiClient,
  cache: ClusterCache,
  namespace: string,
  name: string,
): Promise<WorkloadRef[] | null> {
  const service = await readService(api, namespace, name)
  if (service === null) return null
  const selector = texts(objectAt(objectAt(service, 'spec'), 'selector'))
  return Object.keys(selector).length === 0 ? [] : cache.selectedBy(namespace, selector)
}

function readService(api: ApiClient, namespace: string, name: string) {
  return api.read({ verb: 'get', ...object('services', namespace, name) })
}
