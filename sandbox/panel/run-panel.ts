import { readFileSync } from 'node:fs'
import { FAULTS, type Fault, faultOf, nextImage } from '../faults.ts'
import type { DeploymentView, PodView, World } from '../world.ts'
import { type Break, type BreakableServer, type Call, jsonReply, type Reply, startServer, textReply } from './breakable-server.ts'

export interface PanelSetup {
  port: number
  world: Pick<World, 'deployments' | 'pods' | 'deploy' | 'removeRevision'>
  /** What the panel can break; null: it runs outside of the sandbox. */
  prometheus: BreakableServer | null
  alertmanager: BreakableServer | null
  /** Where Snapback's pages are; null: nobody said. */
  applicationUrl: string | null
}

/** A page that deploys and breaks things, and the same as a small JSON API. */
export function runPanel(setup: PanelSetup): Promise<BreakableServer> {
  const page = readFileSync(new URL('page.html', import.meta.url), 'utf8')
  return startServer((call) => answer(setup, call, page), setup.port)
}

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'"

/** What is wrong with a call. */
class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

function answer(setup: PanelSetup, call: Call, page: string): Reply {
  try {
    switch (`${call.method} ${call.path}`) {
      case 'GET /':
        return { status: 200, body: page, contentType: 'text/html; charset=utf-8', headers: { 'content-security-policy': POLICY } }
      case 'GET /panel/state':
        return jsonReply(200, stateOf(setup))
      case 'POST /panel/deploy':
        return jsonReply(200, deploy(setup, bodyOf(call)))
      case 'POST /panel/break':
        return jsonReply(200, breakOne(setup, bodyOf(call)))
      case 'POST /panel/remove-revision':
        return jsonReply(200, removeRevision(setup, bodyOf(call)))
      default:
        return textReply(404, 'not found\n')
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return jsonReply(error.status, { error: error.message })
  }
}

/** A page of somewhere else cannot send JSON here without being asked first, and nobody answers that. */
function bodyOf({ contentType, text }: Call): Record<string, unknown> {
  if (!contentType.startsWith('application/json')) throw new Refusal(415, 'the body must be application/json')
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch {}
  throw new Refusal(400, 'the body must be a JSON object')
}

function deploy({ world }: PanelSetup, { workload, fault = null }: Record<string, unknown>): object {
  if (fault !== null && !FAULTS.includes(fault as Fault)) throw new Refusal(400, `fault must be null or one of ${FAULTS.join(', ')}`)
  const deployment = find(world, workload)
  const image = next(deployment, fault as Fault | null)
  world.deploy(deployment, image)
  return { workload, image }
}

function removeRevision({ world }: PanelSetup, { workload, revision }: Record<string, unknown>): object {
  const deployment = find(world, workload)
  if (revision === deployment.revision || !deployment.revisions.some(({ number }) => number === revision))
    throw new Refusal(409, 'revision must be the number of one that is not current')
  world.removeRevision(deployment, Number(revision))
  return { workload, revision }
}

const BREAKS: readonly unknown[] = ['reset', 'unavailable', null]

function breakOne(setup: PanelSetup, { what, how }: Record<string, unknown>): object {
  if (what !== 'prometheus' && what !== 'alertmanager') throw new Refusal(400, 'what must be prometheus or alertmanager')
  if (!BREAKS.includes(how)) throw new Refusal(400, 'how must be reset, unavailable or null')
  const server = setup[what]
  if (server === null) throw new Refusal(409, `${what} runs outside of the sandbox`)
  server.broken = how as Break | null
  return { what, how }
}

function find(world: PanelSetup['world'], workload: unknown): DeploymentView {
  const found = world.deployments().find(({ namespace, name }) => `${namespace}/${name}` === workload)
  if (!found) throw new Refusal(404, 'workload must be the namespace/name of a Deployment')
  return found
}

function next({ image, revisions }: DeploymentView, fault: Fault | null): string {
  return nextImage([image, ...revisions.map((revision) => revision.image)], fault)
}

function stateOf({ world, prometheus, alertmanager, applicationUrl }: PanelSetup): object {
  const pods = world.pods()
  return {
    applicationUrl,
    prometheus: prometheus && { url: prometheus.url, broken: prometheus.broken },
    alertmanager: alertmanager && { url: alertmanager.url, broken: alertmanager.broken },
    workloads: world.deployments().map((one) => {
      const own = pods.filter(({ namespace, workload }) => namespace === one.namespace && workload === one.name)
      return {
        workload: `${one.namespace}/${one.name}`,
        image: one.image,
        fault: faultOf(one.image),
        revision: one.revision,
        revisionNumbers: one.revisions.map(({ number }) => number),
        health: healthOf(one, own),
        desired: one.desiredReplicas,
        available: one.availableReplicas,
        pods: own.map(podOf),
        next: Object.fromEntries([null, ...FAULTS].map((fault) => [fault ?? 'good', next(one, fault)])),
      }
    }),
  }
}

function podOf({ name, image, ready, restarts, reason, isTerminating }: PodView): object {
  return { name, image, fault: faultOf(image), ready, restarts, reason, isTerminating }
}

/** In the order of what one wants to know first. */
function healthOf({ isComplete }: DeploymentView, pods: readonly PodView[]): 'crashing' | 'faulty' | 'rolling' | 'healthy' {
  const isCrashing = ({ reason, isTerminating }: PodView) => reason === 'CrashLoopBackOff' && !isTerminating
  if (pods.some(isCrashing)) return 'crashing'
  if (pods.some(({ image, ready }) => ready && faultOf(image) !== null)) return 'faulty'
  return isComplete ? 'healthy' : 'rolling'
}
