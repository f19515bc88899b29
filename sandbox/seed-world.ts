import { readFileSync } from 'node:fs'
import type { JsonObject } from '../lib/core/json.ts'
import { configMapsOf, writtenBy } from './kubernetes/config-map.ts'
import { withDefaults } from './kubernetes/default-fields.ts'
import { setRevisionNumber } from './kubernetes/deployment-revision.ts'
import { newReplicaSet } from './kubernetes/new-replica-set.ts'
import { type Deployment, type PodTemplate, timestamp } from './kubernetes/objects.ts'
import type { World } from './world.ts'

/** A Deployment that has a past, with a Service of its name. */
export interface WorkloadSeed {
  namespace: string
  name: string
  /** Default: one that is made up. */
  uid?: string
  replicas: number
  /** Of its container, such as `256Mi`. */
  memoryLimit?: string
  annotations?: Record<string, string>
  /** Oldest first; the last one is current. */
  revisions: RevisionSeed[]
}

export interface RevisionSeed {
  /** Of its one container, in a small template. */
  image?: string
  /** A whole pod template instead, as the API server would show it. */
  template?: PodTemplate
  /** When its ReplicaSet was made: that long before now. */
  ageMinutes: number
  /** Default: one more than the one before. */
  number?: number
  /** Of its ReplicaSet. Default: one that is made up. */
  uid?: string
}

const HOUR = 60
const DAY = 24 * HOUR

/** The shop that the demo watches. */
export const SHOP: readonly WorkloadSeed[] = [
  {
    namespace: 'edgelink',
    name: 'checkout',
    replicas: 4,
    revisions: [
      { image: 'registry.example/checkout:2.5.0', ageMinutes: 21 * DAY },
      { image: 'registry.example/checkout:2.6.0', ageMinutes: 14 * DAY },
    ],
  },
  {
    namespace: 'edgelink',
    name: 'api-gateway',
    replicas: 3,
    revisions: [
      { image: 'registry.example/api-gateway:1.19.1', ageMinutes: 10 * DAY },
      { image: 'registry.example/api-gateway:1.20.1', ageMinutes: 2 * DAY },
    ],
  },
  {
    namespace: 'edgelink',
    name: 'device-service',
    replicas: 3,
    revisions: [
      { image: 'registry.example/device-service:4.1.0', ageMinutes: 14 * DAY },
      { image: 'registry.example/device-service:4.2.1', ageMinutes: 4 * DAY },
    ],
  },
  {
    namespace: 'edgelink',
    name: 'user-service',
    replicas: 2,
    revisions: [
      { image: 'registry.example/user-service:3.3.2', ageMinutes: 14 * DAY },
      { image: 'registry.example/user-service:3.4.1', ageMinutes: 6 * DAY },
    ],
  },
]

/** Seeds from a file: a JSON array of `WorkloadSeed`. Throws when it is none. */
export function readSeeds(file: string): WorkloadSeed[] {
  const seeds: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const isSeed = (one: unknown) => typeof one === 'object' && one !== null && 'namespace' in one && 'name' in one && 'revisions' in one
  if (!Array.isArray(seeds) || !seeds.every(isSeed)) throw new Error(`${file} is no JSON array of workloads`)
  return seeds as WorkloadSeed[]
}

/** Puts workloads into the world as if they had been deployed long ago; their pods start now. */
export function seedWorld(world: World, seeds: readonly WorkloadSeed[]): void {
  for (const namespace of new Set(seeds.map((seed) => seed.namespace))) {
    if (!world.store.get('namespaces', null, namespace)) world.store.create('namespaces', { metadata: { name: namespace } })
  }
  for (const seed of seeds) seedWorkload(world, seed)
}

function seedWorkload({ store, now }: World, seed: WorkloadSeed): void {
  const { namespace, name, revisions } = seed
  const first = revisions[0]
  const current = revisions.at(-1)
  if (!first || !current) throw new Error(`${namespace}/${name} has no revision`)
  const madeAt = ({ ageMinutes }: RevisionSeed) => timestamp(now() - ageMinutes * 60_000)

  const labels = { app: name }
  const template = templateOf(seed, current)
  const spec = { replicas: seed.replicas, selector: { matchLabels: labels }, template }
  const deployment = store.create('deployments', {
    ...(withDefaults('deployments', { spec } as unknown as JsonObject) as unknown as Pick<Deployment, 'spec' | 'status'>),
    metadata: {
      name,
      namespace,
      labels,
      annotations: seed.annotations ?? {},
      creationTimestamp: madeAt(first),
      ...(seed.uid !== undefined && { uid: seed.uid }),
    },
  })
  let number = 0
  for (const revision of revisions) {
    number = revision.number ?? number + 1
    const older = { ...deployment, spec: { ...spec, template: templateOf(seed, revision) } } as unknown as JsonObject
    const { template } = (withDefaults('deployments', older) as unknown as Deployment).spec
    // Empty: the controller gives the current one its pods.
    const made = newReplicaSet(deployment, { template, number, replicas: 0 })
    const { uid } = revision
    store.create('replicasets', { ...made, metadata: { ...made.metadata, creationTimestamp: madeAt(revision), ...(uid && { uid }) } })
  }
  store.change('deployments', deployment.metadata, (draft) => setRevisionNumber(draft, number))
  const service = { metadata: { name, namespace, labels }, spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } }
  store.create('services', service)
  for (const configMap of new Set(revisions.flatMap((revision) => configMapsOf(templateOf(seed, revision))))) {
    const time = madeAt(first)
    const managedFields = [writtenBy('release', time)]
    store.create('configmaps', { metadata: { name: configMap, namespace, creationTimestamp: time, managedFields }, data: {} })
  }
}

function templateOf(
  { name, memoryLimit = '256Mi' }: WorkloadSeed,
  { image = `sandbox/${name}:1.0.0`, template }: RevisionSeed,
): PodTemplate {
  const container = {
    name,
    image,
    ports: [{ containerPort: 8080, protocol: 'TCP' }],
    resources: { limits: { memory: memoryLimit }, requests: { cpu: '100m', memory: memoryLimit } },
  }
  return template ?? { metadata: { labels: { app: name } }, spec: { containers: [container] } }
}
