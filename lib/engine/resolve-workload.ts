import type { Labels } from '../core/alert.ts'
import type { Resolution } from '../core/decision.ts'
import { ledBy, mappedTo } from '../core/led-by.ts'
import { never } from '../core/never.ts'
import type { ServiceMapping } from '../core/policy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Cluster } from '../ports.ts'

interface Question {
  cluster: Cluster
  labels: Labels
  services: readonly ServiceMapping[]
}

/** Which workload an alert speaks of. */
export async function resolveWorkload({ cluster, labels, services }: Question): Promise<Resolution> {
  const led = ledBy(labels)
  switch (led.by) {
    case 'deployment':
      return byDeployment(cluster, led.namespace, led.name)
    case 'pod':
      return byPod(cluster, led.namespace, led.name)
    case 'service':
      return byService({ cluster, services, service: led.name, namespace: led.namespace })
    case 'nothing':
      return { kind: 'none', tried: ['namespace and deployment', 'namespace and pod', 'service'] }
    default:
      return never(led)
  }
}

function byDeployment(cluster: Cluster, namespace: string, name: string): Resolution {
  const workload: WorkloadRef = { namespace, kind: 'Deployment', name }
  if (cluster.deployment(workload) === null) return { kind: 'none', tried: [`Deployment ${workloadKey(workload)}`] }
  return { kind: 'found', workload, via: 'deployment' }
}

async function byPod(cluster: Cluster, namespace: string, pod: string): Promise<Resolution> {
  const workload = await cluster.deploymentOfPod(namespace, pod)
  return workload === null ? { kind: 'none', tried: [`pod ${namespace}/${pod}`] } : { kind: 'found', workload, via: 'pod' }
}

interface ServiceQuestion {
  cluster: Cluster
  services: readonly ServiceMapping[]
  service: string
  namespace: string | null
}

/** The policy's mapping, then the Service's selector, then a Deployment of that name. */
async function byService({ cluster, services, service, namespace }: ServiceQuestion): Promise<Resolution> {
  const mapped = mappedTo(services, service, namespace)
  if (mapped.length > 0) return only(mapped, 'policy', [`service ${service} in the policy`])
  const namespaces = namespace === null ? await cluster.namespacesOfService(service) : [namespace]
  const selected = await Promise.all(namespaces.map((one) => cluster.deploymentsOfService(one, service)))
  if (selected.some((found) => found !== null && found.length > 0))
    return only(
      selected.flatMap((found) => found ?? []),
      'service selector',
      [],
    )
  const named = cluster.deployments().filter(({ ref }) => ref.name === service && (namespace === null || ref.namespace === namespace))
  return only(
    named.map(({ ref }) => ref),
    'service name',
    [`Service ${service}`, `Deployment ${service}`],
  )
}

/** Exactly one, or it cannot be told. */
function only(found: readonly WorkloadRef[], via: string, tried: string[]): Resolution {
  const distinct = [...new Map(found.map((workload) => [workloadKey(workload), workload])).values()]
  const [first, ...more] = distinct
  if (first === undefined) return { kind: 'none', tried }
  return more.length === 0 ? { kind: 'found', workload: first, via } : { kind: 'ambiguous', candidates: distinct, via }
}
