import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { postDelivery } from './alertmanager.ts'

const FOLDER = new URL('../testing/alertmanager/', import.meta.url)

function anAlert(changes: Record<string, unknown> = {}) {
  return {
    status: 'firing',
    labels: { alertname: 'HighErrorRate', auto_rollback: 'true' },
    annotations: { summary: 'x' },
    startsAt: '2026-01-05T10:00:00.123456789Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.example/graph',
    fingerprint: '6f17184afd855bae',
    ...changes,
  }
}

const parse = (alerts: unknown, changes: Record<string, unknown> = {}) => postDelivery.body.safeParse({ version: '4', alerts, ...changes })
const paths = (result: ReturnType<typeof parse>) => result.error?.issues.map((issue) => issue.path.join('.'))

test.each(globSync('*.json', { cwd: FOLDER }))('every alert of %s can be used', (name) => {
  const body = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
  const { alerts, rejected } = postDelivery.body.parse(body)
  expect(rejected).toEqual([])
  expect(alerts).toHaveLength(body.alerts.length)
})

describe('an alert', () => {
  test('comes out in our words', () => {
    expect(parse([anAlert()]).data?.alerts).toEqual([
      {
        fingerprint: '6f17184afd855bae',
        status: 'firing',
        labels: { alertname: 'HighErrorRate', auto_rollback: 'true' },
        annotations: { summary: 'x' },
        startsAt: Date.UTC(2026, 0, 5, 10, 0, 0, 123),
        endsAt: null,
        generatorUrl: 'http://prometheus.example/graph',
      },
    ])
  })

  test.each([
    ['resolved at an instant', { status: 'resolved', endsAt: '2026-01-05T11:00:00+01:00' }, Date.UTC(2026, 0, 5, 10)],
    ['resolved in the year 1', { status: 'resolved', endsAt: '0001-01-01T00:00:00Z' }, null],
    ['resolved without an end', { status: 'resolved', endsAt: undefined }, null],
    ['firing with an end to come', { endsAt: '2026-01-05T10:05:00Z' }, null],
  ])('%s ends at', (_case, changes, endsAt) => {
    expect(parse([anAlert(changes)]).data?.alerts[0]?.endsAt).toBe(endsAt)
  })

  test('needs no annotations and no generator', () => {
    const alert = anAlert({ annotations: undefined, generatorURL: undefined })
    expect(parse([alert]).data?.alerts).toMatchObject([{ annotations: {}, generatorUrl: '' }])
  })

  test('may have fields of newer versions', () => {
    expect(parse([anAlert({ somethingNew: 1 })]).data?.alerts[0]).not.toHaveProperty('somethingNew')
  })
})

describe('a bad alert among good ones', () => {
  test.each<[string, unknown, string]>([
    ['an unknown status', anAlert({ status: 'pending' }), 'alerts.1.status'],
    ['a label that is no text', anAlert({ labels: { a: 1 } }), 'alerts.1.labels.a'],
    ['no labels', anAlert({ labels: undefined }), 'alerts.1.labels'],
    ['a time that is none', anAlert({ startsAt: '2026-13-01T00:00:00Z' }), 'alerts.1.startsAt'],
    ['no fingerprint', anAlert({ fingerprint: '' }), 'alerts.1.fingerprint'],
    ['the NUL character', anAlert({ labels: { a: 'x\0' } }), 'alerts.1.labels.a'],
    ['half of a surrogate pair', anAlert({ labels: { a: '\ud800' } }), 'alerts.1.labels.a'],
    ['a label’s name that cannot be stored', anAlert({ labels: { 'a\0': 'x' } }), 'alerts.1.labels'],
    ['no object', null, 'alerts.1'],
  ])('%s: it alone is rejected, by its place', (_case, bad, path) => {
    const { alerts, rejected } = parse([anAlert(), bad, anAlert({ fingerprint: 'other' })]).data ?? {}
    expect(alerts?.map(({ fingerprint }) => fingerprint)).toEqual(['6f17184afd855bae', 'other'])
    expect(rejected).toEqual([{ index: 1, path, message: expect.any(String) }])
  })
})

describe('a delivery is refused as a whole', () => {
  test.each<[string, ReturnType<typeof parse>, string[]]>([
    ['for another version', parse([anAlert()], { version: '3' }), ['version']],
    ['for a version that is a number', parse([anAlert()], { version: 4 }), ['version']],
    ['without alerts', parse(undefined), ['alerts']],
    ['with an empty list', parse([]), ['alerts']],
    ['when none can be used', parse([anAlert({ status: 1 }), {}]), ['alerts.0.status', 'alerts.1.status']],
  ])('%s, naming the field', (_case, result, expected) => {
    expect(paths(result)).toEqual(expected)
  })
})

test.each([
  [undefined, 0],
  [3, 3],
  [2 ** 64, 1_000_000],
])('truncatedAlerts %s are %s', (truncatedAlerts, truncated) => {
  expect(parse([anAlert()], { truncatedAlerts }).data?.truncated).toBe(truncated)
})
