import type { Clock } from '../clock.ts'
import { type BreakableServer, startServer } from '../panel/breakable-server.ts'
import { type PostedAlert, type PrometheusOptions, SandboxPrometheus } from './prometheus.ts'
import { answerPrometheus } from './prometheus-api.ts'

export interface PrometheusSetup extends Omit<PrometheusOptions, 'url' | 'send'> {
  port: number
  clock: Clock
  /** Null: alerts go nowhere. */
  alertmanagerUrl: string | null
}

/** The sandbox's Prometheus on its port. While it is broken it scrapes and evaluates nothing, like one that is down. */
export async function runPrometheus({ port, clock, alertmanagerUrl, ...options }: PrometheusSetup): Promise<BreakableServer> {
  const server = await startServer((call) => answerPrometheus(prometheus, call, clock.now()), port)
  const send = alertmanagerUrl === null ? async () => {} : (alerts: PostedAlert[]) => post(alertmanagerUrl, alerts)
  const prometheus = new SandboxPrometheus({ ...options, url: server.url, send })
  let cancel = () => {}
  let isStopped = false
  const turn = async () => {
    const at = clock.now()
    if (server.broken === null) await prometheus.tick(at)
    if (!isStopped) cancel = clock.after(Math.max(0, at + prometheus.intervalMs - clock.now()), () => void turn())
  }
  await turn()
  const { stop } = server
  return Object.assign(server, {
    async stop() {
      isStopped = true
      cancel()
      await stop()
    },
  })
}

async function post(alertmanagerUrl: string, alerts: PostedAlert[]): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const options = { method: 'POST', headers, body: JSON.stringify(alerts), signal: AbortSignal.timeout(2_000) }
  const response = await fetch(`${alertmanagerUrl}/api/v2/alerts`, options)
  await response.arrayBuffer()
}
