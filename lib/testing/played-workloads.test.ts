import { expect, it } from 'vitest'
import { PlayedWorkloads } from './played-workloads.ts'
import { HEALTHY, type PlayedPod } from './pod-counters.ts'

const pod = (name: string, changes = {}): PlayedPod => ({
  name,
  namespace: 'shop',
  service: 'checkout',
  behaviour: { ...HEALTHY, requestsPerSecond: 10, ...changes },
})

function values(workloads: PlayedWorkloads, part: string): Record<string, number> {
  const lines = workloads.scrape().split('\n')
  return Object.fromEntries(lines.filter((line) => line.includes(part)).map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]))
}

it('counts by status, and has no series for one that was never answered', () => {
  const workloads = new PlayedWorkloads()
  workloads.setPods([pod('a')])
  workloads.pass(10)
  expect(Object.values(values(workloads, 'http_requests_total{'))).toEqual([100])
  workloads.behave('checkout', { errorRatio: 0.5 })
  workloads.pass(10)
  expect(values(workloads, 'http_requests_total{')).toEqual({
    'http_requests_total{service="checkout",status="200",pod="a",namespace="shop"}': 150,
    'http_requests_total{service="checkout",status="500",pod="a",namespace="shop"}': 50,
  })
})

it('puts latencies into buckets that include those below', () => {
  const workloads = new PlayedWorkloads()
  workloads.setPods([pod('a', { latencySeconds: 0.8 })])
  workloads.pass(1)
  expect(Object.values(values(workloads, '_bucket{'))).toEqual([0, 0, 0, 0, 10, 10, 10, 10])
})

it('begins at 0 with a new pod, and goes on with one that stays', () => {
  const workloads = new PlayedWorkloads()
  workloads.setPods([pod('old'), pod('stays')])
  workloads.pass(10)
  workloads.setPods([pod('stays'), pod('new')])
  workloads.pass(1)
  expect(Object.values(values(workloads, '_count{'))).toEqual([110, 10])
})

it('keeps the restart counter when a container restarts, and begins its own anew', () => {
  const workloads = new PlayedWorkloads()
  workloads.setPods([pod('a')])
  workloads.pass(10)
  workloads.restart('a')
  workloads.restart('a')
  expect(Object.values(values(workloads, 'restarts_total{'))).toEqual([2])
  expect(Object.values(values(workloads, '_count{'))).toEqual([0])
})

it('takes memory until its limit is reached, is killed then and begins anew', () => {
  const workloads = new PlayedWorkloads()
  workloads.setPods([pod('a', { leaksBytesPerSecond: 200 * 2 ** 20 })])
  workloads.pass(2)
  expect(Object.values(values(workloads, 'working_set_bytes{'))).toEqual([500 * 2 ** 20])
  expect(Object.values(values(workloads, 'restarts_total{'))).toEqual([0])
  workloads.pass(1)
  expect(Object.values(values(workloads, 'working_set_bytes{'))).toEqual([100 * 2 ** 20])
  expect(Object.values(values(workloads, 'restarts_total{'))).toEqual([1])
})
