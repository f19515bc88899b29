import type { Timing } from './container-behaviour.ts'
import { syncDeployment } from './deployment-controller.ts'
import { Kubelet } from './kubelet.ts'
import type { ObjectStore, StoreEvent } from './object-store.ts'
import type { KubeObject, Pod } from './objects.ts'
import { markDeleted, syncReplicaSet } from './replica-set-controller.ts'

type Controlled = 'deployments' | 'replicasets'

/** Runs the controllers of Deployments and ReplicaSets, the garbage collector and the kubelets on what the store holds. */
export function runControllers(store: ObjectStore, { timing, nodes }: { timing: Timing; nodes: readonly string[] }): void {
  const kubelet = new Kubelet(store, { timing, nodes })
  const wake = controllerQueue(store)

  store.subscribe((event) => {
    const { resource, object, type } = event
    if (resource === 'deployments' || resource === 'replicasets') wake(resource, object.metadata)
    if (resource === 'pods') {
      if (type === 'DELETED') kubelet.forget(object as Pod)
      else store.clock.after(0, () => withPod(store, object, (pod) => kubelet.sync(pod)))
    }
    for (const owner of object.metadata.ownerReferences ?? []) {
      const { namespace } = object.metadata
      if (owner.kind === 'ReplicaSet') wake('replicasets', { namespace, name: owner.name })
      if (owner.kind === 'Deployment') wake('deployments', { namespace, name: owner.name })
    }
    const isOwner = resource === 'deployments' || resource === 'replicasets' || resource === 'namespaces'
    if (type === 'DELETED' && isOwner) store.clock.after(0, () => collectGarbage(store, event))
  })
}

type Named = { namespace?: string | undefined; name: string }

/** Each object waits once, however often it is woken, and is looked at when the write that woke it is over. */
function controllerQueue(store: ObjectStore): (resource: Controlled, named: Named) => void {
  const waiting = new Set<string>()
  const later = new Map<string, () => void>()

  function wake(resource: Controlled, { namespace, name }: Named): void {
    const key = `${resource}/${namespace}/${name}`
    if (waiting.has(key)) return
    waiting.add(key)
    store.clock.after(0, () => {
      waiting.delete(key)
      later.get(key)?.()
      later.delete(key)
      const at = sync(resource, namespace ?? null, name)
      // A second late: timestamps are whole seconds.
      if (at !== null)
        later.set(
          key,
          store.clock.after(Math.max(0, at - store.clock.now()) + 1_000, () => wake(resource, { namespace, name })),
        )
    })
  }

  function sync(resource: Controlled, namespace: string | null, name: string): number | null {
    if (resource === 'deployments') {
      const deployment = store.get('deployments', namespace, name)
      return deployment && syncDeployment(store, deployment)
    }
    const replicaSet = store.get('replicasets', namespace, name)
    return replicaSet && syncReplicaSet(store, replicaSet)
  }

  return wake
}

function withPod(store: ObjectStore, { metadata }: KubeObject, run: (pod: Pod) => void): void {
  const pod = store.get('pods', metadata.namespace ?? null, metadata.name)
  if (pod?.metadata.uid === metadata.uid) run(pod)
}

/** What belonged to an object, or was in a namespace, that is gone. */
function collectGarbage(store: ObjectStore, { resource, object }: StoreEvent): void {
  const { uid, name } = object.metadata
  const isOrphan = ({ metadata }: KubeObject) =>
    metadata.ownerReferences?.some((owner) => owner.uid === uid) === true || (resource === 'namespaces' && metadata.namespace === name)
  for (const kind of ['deployments', 'replicasets', 'services', 'configmaps', 'events'] as const) {
    for (const one of store.list(kind, null)) if (isOrphan(one)) store.delete(kind, one.metadata)
  }
  for (const pod of store.list('pods', null)) if (isOrphan(pod)) markDeleted(store, pod)
}
