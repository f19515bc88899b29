import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { loadConfiguration } from '../lib/adapters/kubernetes/configuration.ts'
import { until } from '../lib/testing/cluster-harness.ts'
import type { SandboxAddresses } from './run-sandbox.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

describe('the sandbox, as a process', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-main-'))
  const running: ChildProcessWithoutNullStreams[] = []
  afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [main, ...args])
    const said = { out: '', err: '' }
    child.stdout.on('data', (chunk) => (said.out += chunk))
    child.stderr.on('data', (chunk) => (said.err += chunk))
    running.push(child)
    return { child, said }
  }
  const ready = async ({ said }: ReturnType<typeof start>): Promise<SandboxAddresses> =>
    JSON.parse(await until('the addresses', () => (said.out.endsWith('\n') ? said.out : null)))

  it('says where everything is, serves it, and ends when told to', async () => {
    const rules = path.join(folder, 'rules.yml')
    const alertmanager = path.join(folder, 'alertmanager.yml')
    const rule = { alert: 'CheckoutRuns', expr: 'kube_deployment_spec_replicas{deployment="checkout"} > 0' }
    writeFileSync(rules, JSON.stringify({ groups: [{ name: 'demo', rules: [rule] }] }))
    writeFileSync(alertmanager, JSON.stringify({ route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] }))
    const state = path.join(folder, 'state')
    const sandbox = start('--state', state, '--rules', rules, '--alertmanager-file', alertmanager)
    const addresses = await ready(sandbox)
    expect(JSON.parse(readFileSync(path.join(state, 'sandbox.json'), 'utf8'))).toEqual(addresses)
    expect(statSync(addresses.kubeconfig).mode & 0o777).toBe(0o600)
    expect(loadConfiguration(addresses.kubeconfig)?.getCurrentCluster()?.server).toBe(addresses.kubernetes)
    expect(await (await fetch(addresses.metrics)).text()).toContain(
      'kube_deployment_spec_replicas{namespace="edgelink",deployment="checkout"} 4',
    )
    await until('the rule to fire, all the way to Alertmanager', async () => {
      const alerts = (await (await fetch(`${addresses.alertmanager}/api/v2/alerts`)).json()) as { labels: Record<string, string> }[]
      return alerts.some(({ labels }) => labels['alertname'] === 'CheckoutRuns')
    })
    sandbox.child.kill('SIGTERM')
    expect(await once(sandbox.child, 'exit')).toEqual([0, null])
  })

  it('names the port that is taken, and the option to choose another', async () => {
    const first = await ready(start('--state', path.join(folder, 'first')))
    const { port } = new URL(first.kubernetes)
    const second = start('--state', path.join(folder, 'second'), '--kubernetes-port', port)
    expect(await once(second.child, 'exit')).toEqual([1, null])
    expect(second.said.err).toContain(`port ${port} for kubernetes is taken: choose another with --kubernetes-port`)
  })

  it('begins with the workloads of a file', async () => {
    const world = path.join(folder, 'world.json')
    const revisions = [{ image: 'bakery/oven:1.0.0', ageMinutes: 60 }]
    writeFileSync(world, JSON.stringify([{ namespace: 'bakery', name: 'oven', replicas: 1, revisions }]))
    const { metrics } = await ready(start('--state', path.join(folder, 'bakery'), '--world', world))
    const text = await (await fetch(metrics)).text()
    expect(text).toContain('deployment="oven"')
    expect(text).not.toContain('checkout')
  })
})
