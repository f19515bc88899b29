import { setRevision } from './deployment-revision.ts'
import type { NewObject } from './object-store.ts'
import { type Deployment, ownedBy, type PodTemplate, type ReplicaSet } from './objects.ts'
import { templateHash } from './template-hash.ts'

/** A ReplicaSet as the Deployment controller makes it: template, name, labels and number of that revision. */
export function newReplicaSet(
  deployment: Deployment,
  { template, number, replicas }: { template: PodTemplate; number: number; replicas: number },
): NewObject<ReplicaSet> {
  const { name, namespace } = deployment.metadata
  const hash = templateHash(template)
  const labels = { ...template.metadata?.labels, 'pod-template-hash': hash }
  const { minReadySeconds, selector } = deployment.spec
  const made: NewObject<ReplicaSet> = {
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace !== undefined && { namespace }),
      labels,
      ownerReferences: [ownedBy(deployment)],
    },
    spec: {
      replicas,
      selector: { matchLabels: { ...selector.matchLabels, 'pod-template-hash': hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
      ...(minReadySeconds && { minReadySeconds }),
    },
    status: { replicas: 0 },
  }
  setRevision(made, deployment, number)
  return made
}
