import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'

const folder = mkdtempSync(join(tmpdir(), 'rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What `npm run -s rules -- …` prints, as a file. */
function rules(name: string, ...args: string[]): string {
  const script = fileURLToPath(new URL('rules.ts', import.meta.url))
  const file = join(folder, name)
  writeFileSync(file, spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' }).stdout)
  return file
}

function run(program: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', cwd: folder })
  return { status, said: error ? error.message : stdout + stderr }
}

describe('the rule file', () => {
  it.each([
    ['with its defaults', []],
    ['with other numbers', ['--error-rate', '0.0001', '--p95-latency', '1e-7']],
  ])('is accepted by Prometheus’ own tool, %s', (_, args) => {
    const { status, said } = run('promtool', 'check', 'rules', rules('rules.yml', ...args))
    expect(said).toContain('3 rules found')
    expect(status).toBe(0)
  })

  it('fires for 12 % of 5xx two minutes after the rate is beyond the threshold, and not before', () => {
    rules('incident.yml', '--error-rate', '0.05')
    const alert = {
      exp_labels: { severity: 'critical', auto_rollback: 'true', service: 'device-service' },
      exp_annotations: { summary: 'High error rate in device-service' },
    }
    const test = {
      rule_files: ['incident.yml'],
      evaluation_interval: '15s',
      tests: [
        {
          interval: '15s',
          // 60 requests a scrape; from minute 5 on 12 % of them fail, for 10 minutes.
          input_series: [
            { series: 'http_requests_total{service="device-service", status="200"}', values: '0+60x20 1252.8+52.8x40' },
            { series: 'http_requests_total{service="device-service", status="500"}', values: '0x20 7.2+7.2x40' },
            { series: 'http_requests_total{service="user-service", status="200"}', values: '0+60x60' },
          ],
          alert_rule_test: [
            { eval_time: '5m', alertname: 'EdgeLinkHighErrorRate', exp_alerts: [] },
            { eval_time: '8m', alertname: 'EdgeLinkHighErrorRate', exp_alerts: [] },
            { eval_time: '10m', alertname: 'EdgeLinkHighErrorRate', exp_alerts: [alert] },
            { eval_time: '10m', alertname: 'EdgeLinkPodCrashLooping', exp_alerts: [] },
          ],
        },
      ],
    }
    writeFileSync(join(folder, 'test.yml'), stringify(test))
    expect(run('promtool', 'test', 'rules', 'test.yml')).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') })
  })
})

describe('the Alertmanager file', () => {
  const file = () => rules('alertmanager.yml', '--alertmanager', '--url', 'http://snapback.test/api/webhooks/alertmanager')

  it('is accepted by Alertmanager’s own tool', () => {
    const { status, said } = run('amtool', 'check-config', file())
    expect(said).toContain('SUCCESS')
    expect(status).toBe(0)
  })

  it.each([
    ['an alert that asks for a rollback to us and to the people', 'auto_rollback=true', 'snapback,people'],
    ['the alert that always fires to us, as a heartbeat, and to the people as before', 'alertname=Watchdog', 'snapback,people'],
    ['any other alert to the people', 'severity=warning', 'people'],
    ['an alert that asks for something else to the people', 'auto_rollback=false', 'people'],
  ])('routes %s', (_, label, receivers) => {
    const { said } = run('amtool', 'config', 'routes', 'test', `--config.file=${file()}`, label)
    expect(said.split('\n')).toContain(receivers)
  })
})
