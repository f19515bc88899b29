import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseMatcher, printMatchers } from './matcher.ts'
import { payloadOf } from './payload.ts'

interface Captured {
  receiver: string
  externalURL: string
  groupKey: string
  groupLabels: Record<string, string>
  alerts: {
    status: string
    labels: Record<string, string>
    annotations: Record<string, string>
    startsAt: string
    endsAt: string
    generatorURL: string
  }[]
}

const FOLDER = new URL('../../lib/testing/alertmanager/', import.meta.url)
const files = readdirSync(FOLDER)
const AT = Date.parse('2026-11-24T00:00:00Z')

describe('the payload', () => {
  it.each(files)('of the alerts in %s is what Alertmanager sent, in its order', (file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8')
    const captured = JSON.parse(text) as Captured
    const made = payloadOf({
      receiver: captured.receiver,
      externalURL: captured.externalURL,
      routeKey: captured.groupKey.slice(0, captured.groupKey.length - groupPart(captured).length),
      groupLabels: captured.groupLabels,
      at: AT,
      alerts: [...captured.alerts].reverse().map(({ status, labels, annotations, startsAt, endsAt, generatorURL }) => ({
        labels,
        annotations,
        generatorURL,
        startsAt: Date.parse(startsAt),
        endsAt: status === 'resolved' ? Date.parse(endsAt) : AT + 1_000,
        isEndMadeUp: false,
        updatedAt: AT,
      })),
    })
    expect(withoutFingerprints(made)).toBe(withoutFingerprints(captured))
  })
})

/** Fingerprints have a test of their own. */
function withoutFingerprints(body: object): string {
  return JSON.stringify(body, (name, value) => (name === 'fingerprint' ? undefined : value), 2)
}

/** What follows the route in a group's key. */
function groupPart({ groupKey }: Captured): string {
  return groupKey.slice(groupKey.indexOf(':{'))
}

describe('a matcher', () => {
  it.each([
    ['auto_rollback="true"', '{auto_rollback="true"}'],
    [' lumped = yes ', '{lumped="yes"}'],
    ['service=~"a|b"', '{service=~"a|b"}'],
    ['service!~"a.*"', '{service!~"a.*"}'],
    ['name!="with \\"quotes\\""', '{name!="with \\"quotes\\""}'],
  ])('%s is printed as Alertmanager does: %s', (written, printed) => {
    expect(printMatchers([parseMatcher(written)])).toBe(printed)
  })
})
