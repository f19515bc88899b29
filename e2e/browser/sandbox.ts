import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { demoAlertmanager, demoRules } from '../../scripts/demo/observability-files.ts'
import { type Panel, panel } from '../../scripts/demo/panel.ts'
import { until } from '../until.ts'

const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const MAIN = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))

interface Addresses {
  kubeconfig: string
  prometheus: string
  panel: string
}

/** The small world, as a process that is spoken to over HTTP. */
export interface Sandbox extends Panel {
  kubeconfig: string
  prometheusUrl: string
  /** Waits until the workload's new revision is there, and takes away all others. */
  forgetRevisionsBefore(workload: string): Promise<void>
  /** Through the API server, as anybody would. */
  annotate(workload: string, annotations: Record<string, string>): Promise<void>
  /** Takes Prometheus and Alertmanager down, or brings them back. */
  setObservability(state: 'down' | 'up'): Promise<void>
  stop(): Promise<void>
}

interface Setting {
  folder: string
  /** Workloads to begin with, as `sandbox/seed-world.ts` describes them. */
  world: readonly object[]
  webhookUrl: string
  webhookToken: string
}

/** Starts it with the shipped rules, whose ranges and waits are seconds here, and waits until it says where everything is. */
export async function startSandbox({ folder, world, webhookUrl, webhookToken }: Setting): Promise<Sandbox> {
  const write = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  const tokenFile = write('token', webhookToken)
  const files = {
    world: write('world.json', JSON.stringify(world)),
    rules: write('rules.yml', shorter(demoRules())),
    'alertmanager-file': write('alertmanager.yml', demoAlertmanager(webhookUrl, tokenFile)),
  }
  const options = Object.entries(files).flatMap(([name, file]) => [`--${name}`, file])
  const child = spawn(NODE, [MAIN, '--state', join(folder, 'sandbox'), '--pace', '2', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const addresses = await addressesOf(child)
  const controls = panel(addresses.panel)
  return {
    ...controls,
    kubeconfig: addresses.kubeconfig,
    prometheusUrl: addresses.prometheus,
    async forgetRevisionsBefore(workload) {
      await until(`the new revision of ${workload}`, 20_000, () => isNewestThere(addresses.panel, workload))
      await controls.forgetRevisions(workload)
    },
    annotate: (workload, annotations) => annotate(addresses.kubeconfig, workload, annotations),
    async setObservability(state) {
      for (const what of ['prometheus', 'alertmanager']) {
        const body = JSON.stringify({ what, how: state === 'down' ? 'reset' : null })
        const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
        const answer = await fetch(`${addresses.panel}/panel/break`, sent)
        if (!answer.ok) throw new Error(`the sandbox's panel, break: ${answer.status} ${await answer.text()}`)
      }
    },
    stop: () => end(child),
  }
}

async function annotate(kubeconfig: string, workload: string, annotations: Record<string, string>): Promise<void> {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'))
  const [namespace, name] = workload.split('/')
  const answer = await fetch(`${clusters[0].cluster.server}/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json', authorization: `Bearer ${users[0].user.token}` },
    body: JSON.stringify({ metadata: { annotations } }),
  })
  if (!answer.ok) throw new Error(`the sandbox, annotate ${workload}: ${answer.status} ${await answer.text()}`)
}

/** A test waits for what the demo lets people watch. */
function shorter(rules: string): string {
  return rules.replaceAll('[15s]', '[10s]').replaceAll('for: 5s', 'for: 2s')
}

interface State {
  workloads: { workload: string; image: string; pods: { image: string }[] }[]
}

/** The controller makes a revision in its own time; with its first pod it is there. */
async function isNewestThere(panelUrl: string, name: string): Promise<true | null> {
  const { workloads } = (await (await fetch(`${panelUrl}/panel/state`)).json()) as State
  const found = workloads.find(({ workload }) => workload === name)
  return found?.pods.some(({ image }) => image === found.image) ? true : null
}

async function addressesOf(child: ChildProcess): Promise<Addresses> {
  if (child.stdout === null) throw new Error('the sandbox has no output')
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Addresses
  throw new Error('the sandbox ended before it was ready')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}
