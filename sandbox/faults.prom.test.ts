import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { alertmanagerFile } from '../lib/core/alertmanager-file.ts'
import { DEFAULT_THRESHOLDS, ruleFile } from '../lib/core/rule-file.ts'
import { startAlertmanager, startPrometheus } from '../lib/testing/prometheus.ts'
import { until } from '../lib/testing/waiting.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../lib/testing/webhook-receiver.ts'
import { FAULTS, type Fault } from './faults.ts'
import { runSandbox, type Sandbox } from './run-sandbox.ts'

/** The shipped rules, with seconds for minutes. Pods here are named as the crash rule wants them. */
const rules = stringify(ruleFile(DEFAULT_THRESHOLDS), { lineWidth: 0 })
  .replaceAll(/\[\d+m\]/g, '[6s]')
  .replaceAll(/for: \d+m/g, 'for: 1s')

/** Which alert tells of a fault: nothing notices a leak before the container is killed for it. */
const TOLD_BY: Record<Fault, string> = {
  errors: 'EdgeLinkHighErrorRate',
  latency: 'EdgeLinkHighLatency',
  'crash-loop': 'EdgeLinkPodCrashLooping',
  'memory-leak': 'EdgeLinkPodCrashLooping',
}
const workloadOf = (fault: Fault | 'none') => `edgelink-${fault}`
const seeds = ([...FAULTS, 'none'] as const).map((fault) => ({
  namespace: 'edgelink',
  name: workloadOf(fault),
  replicas: 2,
  revisions: [{ image: `shop/${fault}:1.0.0`, ageMinutes: 60 }],
}))
const TIMING = { startMs: 100, readyMs: 300, stopMs: 200, crashMs: 300, backOffMs: 1_000, longestBackOffMs: 2_000, leakMs: 3_000 }
const PORTS = { kubernetes: 0, metrics: 0, prometheus: 0, alertmanager: 0, panel: 0 }

describe.each(['the sandbox’s Prometheus and Alertmanager', 'the real ones'] as const)('with %s', (whose) => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  let receiver: WebhookReceiver
  let sandbox: Sandbox
  const programs: { stop(): Promise<void> }[] = []

  beforeAll(async () => {
    const isOurs = whose !== 'the real ones'
    receiver = await startWebhookReceiver()
    const tokenFile = join(folder, 'token')
    writeFileSync(tokenFile, 'token-of-the-test')
    const alertmanager = stringify(alertmanagerFile({ url: receiver.url, tokenFile })).replace('group_interval: 30s', 'group_interval: 1s')
    const files = isOurs ? { rules, alertmanagerFile: alertmanager } : { rules: null, alertmanagerFile: null }
    sandbox = await runSandbox({ state: join(folder, 'state'), ports: PORTS, seeds, timing: TIMING, ...files })
    if (isOurs) return
    const { url: alertmanagerUrl, ...running } = await startAlertmanager(alertmanager)
    programs.push(running)
    const jobs = [{ name: 'sandbox', url: sandbox.addresses.metrics, honorLabels: true }]
    programs.push(await startPrometheus({ jobs, rules, alertmanagerUrl }))
  })
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()))
    await Promise.all([sandbox?.stop(), receiver?.stop()])
    rmSync(folder, { recursive: true })
  })

  const deploy = async (workload: string, fault: Fault | null) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ workload: `edgelink/${workload}`, fault })
    expect((await fetch(`${sandbox.addresses.panel}/panel/deploy`, { method: 'POST', headers, body })).status).toBe(200)
  }
  /** Statuses of the deliveries about a workload, told by its service or by its pod. */
  const told = (workload: string, alertname: string) =>
    receiver.deliveries.flatMap(({ body }) =>
      body.alerts.flatMap(({ labels, status }) => {
        const isAbout = labels['service'] === workload || labels['pod']?.startsWith(`${workload}-`)
        return isAbout && labels['alertname'] === alertname ? [status] : []
      }),
    )

  it('each fault is told by its alert, a good version by none, and each is resolved after the next good version', async () => {
    for (const fault of FAULTS) await deploy(workloadOf(fault), fault)
    await deploy(workloadOf('none'), null)
    const isTold = (status: string) => FAULTS.every((fault) => told(workloadOf(fault), TOLD_BY[fault]).includes(status))
    await until(() => isTold('firing'))
    for (const fault of FAULTS) await deploy(workloadOf(fault), null)
    await until(() => isTold('resolved'))
    expect(receiver.deliveries.every(({ authorization }) => authorization === 'Bearer token-of-the-test')).toBe(true)
    expect(Object.values(TOLD_BY).flatMap((alertname) => told(workloadOf('none'), alertname))).toEqual([])
  })
})
