import { expect, it } from 'vitest'
import type { Series } from '../../ports.ts'
import { signalRange } from './signal-range.ts'

const restarts = (pod: string, value: number): Series => ({ labels: { namespace: 'shop', pod }, points: [{ at: 0, value }] })

it('shows the pods of every revision of the workload, and none of a workload whose name begins with its name', async () => {
  const series = [restarts('checkout-6d4f9c-x2x4z', 3), restarts('checkout-7b5d8f9c6d-q8w7r', 2), restarts('checkout-api-6d4f9c-x2x4z', 9)]
  const read = await signalRange(async () => series, {
    expression: 'increase(kube_pod_container_status_restarts_total[10m]) > 2',
    labels: { alertname: 'CrashLoop', namespace: 'shop', pod: 'checkout-6d4f9c-gone1' },
    workload: 'checkout',
    ...{ from: 0, to: 0, stepMs: 1_000 },
  })
  expect(read).toMatchObject({ kind: 'read', points: [{ at: 0, value: 3 }] })
})
