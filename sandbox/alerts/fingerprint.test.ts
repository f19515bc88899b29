import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

const FOLDER = new URL('../../lib/testing/alertmanager/', import.meta.url)
/** Labels of these were renamed after they were captured. */
const RENAMED = ['always-firing.json', 'deployment-labels-firing.json', 'deployment-labels-resolved.json']

const captured = readdirSync(FOLDER)
  .filter((file) => !RENAMED.includes(file))
  .flatMap((file) => {
    const { alerts } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as {
      alerts: { labels: Record<string, string>; fingerprint: string }[]
    }
    return alerts.map(({ labels, fingerprint }) => ({ file, labels, fingerprint }))
  })

describe('the fingerprint', () => {
  it('is looked at in many captured alerts', () => {
    expect(captured.length).toBeGreaterThan(15)
  })

  it.each(captured)('of an alert in $file is the one that Alertmanager computed', ({ labels, fingerprint }) => {
    expect(fingerprintOf(labels)).toBe(fingerprint)
  })

  it('is the same for the same labels in another order, and another for other labels', () => {
    expect(fingerprintOf({ a: '1', b: '2' })).toBe(fingerprintOf({ b: '2', a: '1' }))
    expect(fingerprintOf({ a: '1', b: '2' })).not.toBe(fingerprintOf({ a: '12', b: '' }))
  })
})
