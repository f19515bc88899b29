import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runAlertmanager } from './alerts/run-alertmanager.ts'
import { realClock } from './clock.ts'
import type { Timing } from './kubernetes/container-behaviour.ts'
import { serveKubeApi } from './kubernetes/kube-api.ts'
import { writeKubeconfig } from './kubernetes/kubeconfig.ts'
import { runPrometheus } from './metrics/run-prometheus.ts'
import { measureWorld } from './metrics/world-metrics.ts'
import { type BreakableServer, startServer, textReply } from './panel/breakable-server.ts'
import { runPanel } from './panel/run-panel.ts'
import { seedWorld, type WorkloadSeed } from './seed-world.ts'
import { createWorld, type World } from './world.ts'

/** 0: any free one. */
export interface SandboxPorts {
  kubernetes: number
  metrics: number
  prometheus: number
  alertmanager: number
  panel: number
}

export interface SandboxOptions {
  /** Where the kubeconfig goes, and without rules `past.om`, half an hour of metrics for a Prometheus outside; made if it is not there. */
  state: string
  ports: SandboxPorts
  seeds: readonly WorkloadSeed[]
  timing?: Partial<Timing>
  /** A rule file, as YAML; null: no Prometheus of its own. */
  rules: string | null
  /** An Alertmanager file, as YAML; null: no Alertmanager of its own. */
  alertmanagerFile: string | null
  /** Where Snapback's pages are, for the panel's link; null: no link. */
  applicationUrl?: string | null
}

/** Where everything is. */
export interface SandboxAddresses {
  /** Path of a kubeconfig. */
  kubeconfig: string
  kubernetes: string
  /** What a Prometheus scrapes. */
  metrics: string
  prometheus: string | null
  alertmanager: string | null
  /** A page that deploys and breaks things. */
  panel: string
}

export interface Sandbox {
  addresses: SandboxAddresses
  stop(): Promise<void>
}

/** What its Prometheus remembers when it begins: charts have a before. */
const PAST = { forMs: 30 * 60_000, everyMs: 5_000 }

/** Starts the world and all that speaks for it, in this process, on this machine only. Throws what names a port that is taken. */
export async function runSandbox({
  state,
  ports,
  seeds,
  timing,
  rules,
  alertmanagerFile,
  applicationUrl = null,
}: SandboxOptions): Promise<Sandbox> {
  const clock = realClock
  const world = createWorld({ clock, ...(timing && { timing }) })
  seedWorld(world, seeds)
  const measured = measureWorld(world)
  const started: { stop(): unknown }[] = [measured]
  const stop = async () => {
    for (const one of started.toReversed()) await one.stop()
  }
  async function start<T extends { url: string; stop(): unknown }>(what: keyof SandboxPorts, starting: Promise<T>): Promise<T> {
    const running = await starting.catch((error: unknown) => {
      throw portError(what, ports[what], error)
    })
    started.push(running)
    return running
  }

  try {
    mkdirSync(state, { recursive: true, mode: 0o700 })
    const token = randomBytes(24).toString('base64url')
    const { url: kubernetes } = await start('kubernetes', serveKubeApi(world, { port: ports.kubernetes, token }))
    const kubeconfig = path.join(state, 'kubeconfig.json')
    writeKubeconfig(kubeconfig, { url: kubernetes, token })
    const { url: metrics } = await start(
      'metrics',
      startServer(({ path }) => (path === '/metrics' ? textReply(200, measured.scrape()) : textReply(404, 'not found\n')), ports.metrics),
    )
    const alertmanager: BreakableServer | null =
      alertmanagerFile === null
        ? null
        : await start('alertmanager', runAlertmanager({ port: ports.alertmanager, clock, configuration: alertmanagerFile }))
    await podsAreMade(world)
    const past = measured.past(PAST)
    const labels = { job: 'sandbox', instance: new URL(metrics).host }
    if (rules === null) writeFileSync(path.join(state, 'past.om'), openMetrics(past, labels))
    const target = { ...labels, scrape: () => measured.scrape(), past: rules === null ? '' : past }
    const prometheus: BreakableServer | null =
      rules === null
        ? null
        : await start(
            'prometheus',
            runPrometheus({
              port: ports.prometheus,
              clock,
              targets: [target],
              rules,
              externalLabels: { cluster: 'sandbox' },
              alertmanagerUrl: alertmanager?.url ?? null,
            }),
          )
    const panel = await start('panel', runPanel({ port: ports.panel, world, prometheus, alertmanager, applicationUrl }))
    const addresses: SandboxAddresses = {
      kubeconfig,
      kubernetes,
      metrics: `${metrics}/metrics`,
      prometheus: prometheus?.url ?? null,
      alertmanager: alertmanager?.url ?? null,
      panel: panel.url,
    }
    writeFileSync(path.join(state, 'sandbox.json'), `${JSON.stringify(addresses, null, 2)}\n`)
    return { addresses, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** For `promtool tsdb create-blocks-from openmetrics`: what a Prometheus outside would have scraped in the half hour before. */
function openMetrics(past: string, { job, instance }: { job: string; instance: string }): string {
  const labelled = past.replaceAll(/^#.*\n/gm, '').replaceAll('{', `{job="${job}",instance="${instance}",`)
  return `${labelled}# EOF\n`
}

/** Their controllers make them one after the other, in the first moments. Gives up after a second: then the past has fewer. */
async function podsAreMade(world: World): Promise<void> {
  const wanted = world.deployments().reduce((sum, { desiredReplicas }) => sum + desiredReplicas, 0)
  for (let tries = 0; tries < 100 && world.pods().length < wanted; tries++) await delay(10)
}

function portError(what: keyof SandboxPorts, port: number, error: unknown): unknown {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  return isTaken ? new Error(`port ${port} for ${what} is taken: choose another with --${what}-port`) : error
}
