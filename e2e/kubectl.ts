import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'

/** Runs kubectl against what KUBECONFIG names and gives its standard output. */
export function kubectl(args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('kubectl', [...args], { maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`kubectl ${args.join(' ')}: ${stderr || error.message}`))
      else resolve(stdout)
    })
    child.stdin?.end(input ?? '')
  })
}

/** A namespace of its own for one test, deleted at its end. */
export async function createNamespace(prefix: string): Promise<{ name: string; remove(): Promise<void> }> {
  const name = `${prefix}-${randomBytes(3).toString('hex')}`
  await kubectl(['create', 'namespace', name])
  return {
    name,
    remove: async () => {
      await kubectl(['delete', 'namespace', name, '--wait=false'])
    },
  }
}

interface Wanted {
  namespace: string
  name: string
  image: string
  replicas?: number
  annotations?: Record<string, string>
}

/** Applies a Deployment with one container, which is how its next version is deployed too. */
async function deploy({ namespace, name, image, replicas = 2, annotations = {} }: Wanted): Promise<void> {
  const labels = { app: name }
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels, annotations },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
    },
  }
  await kubectl(['apply', '-f', '-'], JSON.stringify(manifest))
}

/** Applies and waits until the rollout is complete. */
export async function deployAndWait(wanted: Wanted): Promise<void> {
  await deploy(wanted)
  await kubectl(['rollout', 'status', `deployment/${wanted.name}`, '-n', wanted.namespace, '--timeout=60s'])
}

export async function imageOf(namespace: string, name: string): Promise<string> {
  return kubectl(['get', `deployment/${name}`, '-n', namespace, '-o', 'jsonpath={.spec.template.spec.containers[0].image}'])
}

interface RunningPod {
  name: string
  /** Its label of that name: the Deployment. */
  app: string
  image: string
}

/** Pods of all Deployments of a namespace that are not going away. */
export async function podsOf(namespace: string): Promise<RunningPod[]> {
  const text = await kubectl(['get', 'pods', '-n', namespace, '-o', 'json'])
  const { items } = JSON.parse(text) as { items: RawPod[] }
  return items.flatMap(({ metadata: { name, labels, deletionTimestamp }, spec }) =>
    deletionTimestamp === undefined ? [{ name, app: labels?.['app'] ?? '', image: spec.containers[0]?.image ?? '' }] : [],
  )
}

interface RawPod {
  metadata: { name: string; labels?: Record<string, string>; deletionTimestamp?: string }
  spec: { containers: { image: string }[] }
}

/** Generation of the Deployment: moves with every change of its spec, so it counts effective patches. */
export async function generationOf(namespace: string, name: string): Promise<number> {
  return Number(await kubectl(['get', `deployment/${name}`, '-n', namespace, '-o', 'jsonpath={.metadata.generation}']))
}
