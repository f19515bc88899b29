import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

function rules(...args: string[]) {
  const script = fileURLToPath(new URL('rules.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** The appendix of ADR-0011, word for word. */
const ADR = `
# 高错误率（自动回滚）
- alert: EdgeLinkHighErrorRate
  expr: |
    (sum(rate(http_requests_total{status=~"5.."}[5m])) by (service)
     / sum(rate(http_requests_total[5m])) by (service)) > 0.05
  for: 2m
  labels:
    severity: critical
    auto_rollback: "true"
  annotations:
    summary: "High error rate in {{ $labels.service }}"

# 高延迟（自动回滚）
- alert: EdgeLinkHighLatency
  expr: |
    histogram_quantile(0.95,
      sum(rate(http_request_duration_seconds_bucket[5m])) by (service, le)
    ) > 0.5
  for: 3m
  labels:
    severity: critical
    auto_rollback: "true"

# Pod崩溃（自动回滚）
- alert: EdgeLinkPodCrashLooping
  expr: |
    rate(kube_pod_container_status_restarts_total{pod=~"edgelink-.*"}[15m]) > 0
  for: 1m
  labels:
    severity: critical
    auto_rollback: "true"
`

describe('the rule file', () => {
  it('holds the three rules of the decision record, word for word', () => {
    const { status, stdout, stderr } = rules()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(parse(stdout)).toEqual({ groups: [{ name: 'edgelink-auto-rollback', rules: parse(ADR) }] })
  })

  it('holds the numbers that were asked for, and changes nothing else', () => {
    const { stdout } = rules('--error-rate', '0.02', '--p95-latency=1.5')
    const expected = ADR.replace('> 0.05', '> 0.02').replace('> 0.5', '> 1.5')
    expect(parse(stdout).groups[0].rules).toEqual(parse(expected))
  })
})

describe('the Alertmanager file', () => {
  it('sends what asks for a rollback to us at once and ungrouped, and to the people as before', () => {
    const { status, stdout, stderr } = rules('--alertmanager', '--url', 'https://snapback.test/hook', '--token-file', '/run/token')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const file = parse(stdout)
    expect(file.route.routes[0]).toMatchObject({
      receiver: 'snapback',
      matchers: ['auto_rollback="true"'],
      group_by: ['...'],
      group_wait: '0s',
      group_interval: '30s',
      continue: true,
    })
    expect(file.route.routes.at(-1)).toEqual({ receiver: file.route.receiver })
    const ours = file.receivers.find((receiver: { name: string }) => receiver.name === 'snapback')
    expect(ours.webhook_configs).toEqual([
      {
        url: 'https://snapback.test/hook',
        send_resolved: true,
        http_config: { authorization: { type: 'Bearer', credentials_file: '/run/token' } },
      },
    ])
  })
})

describe('the Alertmanager file, too,', () => {
  it('sends us the alert that always fires every minute: with the intervals of others it would be no heartbeat', () => {
    const { route } = parse(rules('--alertmanager').stdout)
    expect(route.routes[1]).toEqual({
      receiver: 'snapback',
      matchers: ['alertname="Watchdog"'],
      group_by: ['...'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: '1m',
      continue: true,
    })
  })
})

describe('a wrong flag', () => {
  it.each([
    ['--error-rate', ['--error-rate', '0']],
    ['--error-rate', ['--error-rate', '1']],
    ['--error-rate', ['--error-rate', '1.4']],
    ['--error-rate', ['--error-rate', 'NaN']],
    ['--error-rate', ['--error-rate', '5%']],
    ['--error-rate', ['--error-rate=']],
    ['--error-rate', ['--error-rate=-0.1']],
    ['--error-rate', ['--error-rate']],
    ['--p95-latency', ['--p95-latency', '0']],
    ['--p95-latency', ['--p95-latency', 'Infinity']],
    ['--latency', ['--latency', '1']],
    ['--url', ['--url', 'http://x.test']],
    ['--url', ['--alertmanager', '--url', 'ftp://x.test']],
    ['--token-file', ['--alertmanager', '--token-file', ' ']],
    ['--error-rate', ['--alertmanager', '--error-rate', '0.1']],
    ['more', ['more']],
  ])('is refused by its name: %s in %j', (flag, args) => {
    const { status, stdout, stderr } = rules(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(flag)
  })

  it('is refused without showing a password', () => {
    const { status, stderr } = rules('--alertmanager', '--url', 'http://user:hunter2@x.test')
    expect(status).toBe(2)
    expect(stderr).not.toContain('hunter2')
  })
})

it('--help names every flag', () => {
  const { status, stdout } = rules('--help')
  expect(status).toBe(0)
  for (const flag of ['--error-rate', '--p95-latency', '--alertmanager', '--url', '--token-file']) expect(stdout).toContain(flag)
})
