import { spawnSync } from 'node:child_process'
import { startAlertmanager, startPrometheus } from '../../lib/testing/prometheus.ts'
import { demoAlertmanager, demoRules } from './observability-files.ts'

/** Both programs are on this machine: the demo then uses them and not the sandbox's stand-ins. */
export function hasRealObservability(): boolean {
  return ['prometheus', 'prometheus-alertmanager'].every((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0)
}

export interface RealObservability {
  /** What the sandbox serves, and what it wrote of the hour before. */
  scrapeUrl: string
  past: string
  prometheusPort: number
  webhookUrl: string
  tokenFile: string
}

/** Starts them; they end with this process. They scrape the sandbox and deliver to the application. */
export async function startRealObservability(options: RealObservability): Promise<void> {
  const alertmanager = await startAlertmanager(demoAlertmanager(options.webhookUrl, options.tokenFile))
  await startPrometheus({
    jobs: [{ name: 'sandbox', url: options.scrapeUrl, honorLabels: true }],
    rules: demoRules(),
    alertmanagerUrl: alertmanager.url,
    externalLabels: { cluster: 'demo' },
    history: options.past,
    port: options.prometheusPort,
  })
}
