import { describe, expect, it } from 'vitest'
import { fits } from './fitting-series.ts'
import { ALL_LABELS, keep } from './travelling-labels.ts'

const crash = {
  labels: {
    alertname: 'Crash',
    severity: 'critical',
    namespace: 'shop',
    container: 'web',
    pod: 'web-old-1',
    uid: 'u-old',
    instance: 'ksm:8080',
  },
  pods: ['web-new-1', 'web-new-2'],
}
const exported = {
  labels: { namespace: 'monitoring', pod: 'ksm-1', exported_namespace: 'shop', exported_pod: 'web-old-1' },
  pods: ['web-new-1'],
}
const service = { labels: { alertname: 'Errors', severity: 'critical', service: '设备"服务\\', cluster: 'eu' }, pods: ['web-new-1'] }

describe('a series fits', () => {
  it.each([
    ['an alert for a service, by its labels', service, { service: '设备"服务\\' }],
    ['an alert without labels of its own', service, {}],
    ['whatever its metric is called', service, { __name__: 'x', service: '设备"服务\\' }],
    [
      'an alert that names a pod, with the pod of the revision',
      crash,
      { namespace: 'shop', container: 'web', pod: 'web-new-2', uid: 'u-new', instance: 'ksm:9090' },
    ],
    ['an alert that names a pod, where it has none', crash, { namespace: 'shop' }],
    [
      'by the exported pod, where there is one',
      exported,
      { namespace: 'monitoring', pod: 'ksm-2', exported_namespace: 'shop', exported_pod: 'web-new-1' },
    ],
  ])('%s', (_, alert, series) => {
    expect(fits(series, alert, ALL_LABELS)).toBe(true)
  })

  it.each([
    ['for another service', service, { service: 'orders' }],
    ['with a label that the alert has not', service, { service: '设备"服务\\', code: '500' }],
    ['of the pod that the alert names', crash, { namespace: 'shop', container: 'web', pod: 'web-old-1' }],
    ['of a pod of another workload', crash, { namespace: 'shop', container: 'web', pod: 'cart-1' }],
    ['of a pod of the same name elsewhere', crash, { namespace: 'other', container: 'web', pod: 'web-new-1' }],
    ['of another container', crash, { namespace: 'shop', container: 'sidecar', pod: 'web-new-1' }],
    ['of an instance, where the alert names no pod', { labels: { instance: 'a:1' }, pods: ['p'] }, { instance: 'b:1' }],
    [
      'of the exporter’s own pod',
      exported,
      { namespace: 'monitoring', pod: 'web-new-1', exported_namespace: 'shop', exported_pod: 'ksm-1' },
    ],
  ])('not: %s', (_, alert, series) => {
    expect(fits(series, alert, ALL_LABELS)).toBe(false)
  })

  it('by the labels that reach the result only', () => {
    expect(fits({ service: '设备"服务\\', severity: 'log' }, service, keep(ALL_LABELS, ['service']))).toBe(true)
  })
})
