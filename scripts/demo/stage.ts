import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePorts } from './free-ports.ts'
import { demoAlertmanager, demoRules } from './observability-files.ts'
import { prepareDatabase, SHORTENED } from './prepare-database.ts'
import { hasRealObservability, startRealObservability } from './real-observability.ts'

export interface Program {
  args: string[]
  env?: Record<string, string | undefined>
  output?: string
}

/** Everything around the application, and where it is. */
export interface Stage {
  sandbox: Program
  /** What the application is told. It knows nothing of a sandbox: a kubeconfig and addresses. */
  appEnv: Record<string, string>
  panelUrl: string
  /** What the application prints. */
  appLog: string
  /** Of the demo's own reading. */
  token: string
  /** Whose Prometheus and Alertmanager these are. */
  observability: 'real' | 'sandbox'
  /** Starts the real ones; the sandbox has to run. */
  observe(): Promise<void>
}

interface Setting {
  /** Of this demo: made anew each time. */
  directory: string
  databaseUrl: string
  appPort: number
  webhookToken: string | undefined
  /** The sandbox's Prometheus and Alertmanager, whatever is installed. */
  standIns: boolean
  say(line: string): void
}

const SANDBOX = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))
export const NAMESPACE = 'edgelink'

/** An empty database with its history, the sandbox's files and ports, and real observability where it is installed. */
export async function setTheStage({ directory, databaseUrl, appPort, webhookToken, standIns, say }: Setting): Promise<Stage> {
  const folder = join(directory, 'stage')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const write = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  say('Writing two weeks of history: the engine lives through them, which takes some seconds')
  const { token, world } = await prepareDatabase(databaseUrl)
  const secret = webhookToken || randomBytes(24).toString('base64url')
  const tokenFile = write('webhook-token', secret)
  const webhookUrl = `http://127.0.0.1:${appPort}/api/webhooks/alertmanager`
  const [kubernetes = 0, metrics = 0, panel = 0, prometheus = 0, alertmanager = 0] = await freePorts(5)
  const state = join(folder, 'sandbox')
  const links = ['--application', `http://localhost:${appPort}`]
  const ports = ['--kubernetes-port', kubernetes, '--metrics-port', metrics, '--panel-port', panel].map(String)
  const args = [SANDBOX, '--state', state, '--world', write('world.json', JSON.stringify(world, null, 2)), ...links, ...ports]

  const isReal = !standIns && hasRealObservability()
  if (!isReal) {
    args.push('--rules', write('rules.yml', demoRules()), '--prometheus-port', String(prometheus))
    const file = write('alertmanager.yml', demoAlertmanager(webhookUrl, tokenFile))
    args.push('--alertmanager-file', file, '--alertmanager-port', String(alertmanager))
  }
  const scrapeUrl = `http://127.0.0.1:${metrics}`
  return {
    sandbox: { args, output: join(folder, 'sandbox.log') },
    appEnv: {
      KUBECONFIG: join(state, 'kubeconfig.json'),
      NAMESPACES: NAMESPACE,
      PROMETHEUS_URL: `http://127.0.0.1:${prometheus}`,
      ...(isReal ? {} : { ALERTMANAGER_URL: `http://127.0.0.1:${alertmanager}` }),
      WEBHOOK_TOKEN: secret,
      ...notice(),
    },
    appLog: join(folder, 'app.log'),
    panelUrl: `http://127.0.0.1:${panel}`,
    token,
    observability: isReal ? 'real' : 'sandbox',
    async observe() {
      if (!isReal) return
      // Written last: all that the sandbox has is then there.
      while (!existsSync(join(state, 'sandbox.json'))) await delay(100)
      const past = readFileSync(join(state, 'past.om'), 'utf8')
      await startRealObservability({ scrapeUrl, past, prometheusPort: prometheus, webhookUrl, tokenFile })
    },
  }
}

function notice(): { NOTICE: string; NOTICE_ZH: string } {
  const [bake, cooldown] = [SHORTENED.bakeTimeMs, SHORTENED.cooldownMs].map((ms = 0) => ms / 1_000)
  return {
    NOTICE: `Demo on a sandbox cluster, with times cut short: alerts fire within seconds, a rollback is verified after ${bake} s of health, cooldown ${cooldown} s.`,
    NOTICE_ZH: `沙盒集群上的演示，时间已缩短：告警在数秒内触发，健康 ${bake} 秒后完成验证，冷却期 ${cooldown} 秒。`,
  }
}
