import type { WorkloadRef } from '../../core/workload.ts'
import type { ApiCall } from './api-client.ts'

type Where = Pick<ApiCall, 'path' | 'resource'>

const HOME = {
  deployments: '/apis/apps/v1',
  replicasets: '/apis/apps/v1',
  pods: '/api/v1',
  services: '/api/v1',
  events: '/api/v1',
  configmaps: '/api/v1',
  secrets: '/api/v1',
} as const
/** What the adapter reads. Only apps/v1 and v1: served by 1.20 and by today's servers. */
export type Resource = keyof typeof HOME

/** @param namespace null: of the whole cluster */
export function collection(resource: Resource, namespace: string | null): Where {
  return namespace === null
    ? { path: `${HOME[resource]}/${resource}`, resource }
    : { path: `${HOME[resource]}/namespaces/${encodeURIComponent(namespace)}/${resource}`, resource: `${resource} of ${namespace}` }
}

export function object(resource: Resource, namespace: string, name: string): Where {
  return { path: `${collection(resource, namespace).path}/${encodeURIComponent(name)}`, resource: `${resource} ${namespace}/${name}` }
}

export function deploymentAt({ namespace, name }: WorkloadRef): Where {
  return object('deployments', namespace, name)
}
