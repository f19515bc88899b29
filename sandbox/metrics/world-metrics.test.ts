import { describe, expect, it } from 'vitest'
import { ManualClock } from '../clock.ts'
import { seedWorld } from '../seed-world.ts'
import { createWorld } from '../world.ts'
import { parseExposition } from './exposition.ts'
import { requestRate, shareWithin } from './traffic.ts'
import { measureWorld } from './world-metrics.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const HOUR = 3_600_000

/** A workload of three pods that has run for a minute. */
function begin(seed?: string) {
  const clock = new ManualClock(NOON)
  const world = createWorld({ clock, timing: { leakMs: 60_000 } })
  seedWorld(world, [{ namespace: 'shop', name: 'checkout', replicas: 3, revisions: [{ image: 'shop/checkout:1.0.0', ageMinutes: 60 }] }])
  const metrics = measureWorld(world, seed)
  clock.advance(60_000)
  const scrape = () => parseExposition(metrics.scrape())
  const sum = (metric: string, labels: Record<string, string> = {}) =>
    scrape()
      .filter((one) => one.labels['__name__'] === metric && Object.entries(labels).every(([name, value]) => one.labels[name] === value))
      .reduce((total, { value }) => total + value, 0)
  /** What a metric grew while so many seconds passed. */
  const growth = (forSeconds: number, read: () => number) => {
    const before = read()
    clock.advance(forSeconds * 1_000)
    return read() - before
  }
  return {
    clock,
    world,
    metrics,
    scrape,
    sum,
    growth,
    text: () => metrics.scrape(),
    deploy: (image: string) => world.deploy({ namespace: 'shop', name: 'checkout' }, image),
  }
}

describe('the traffic', () => {
  it('is counted as the day wants it, whatever the pods are', () => {
    const { growth, sum } = begin()
    const perSecond = growth(10, () => sum('http_requests_total')) / 10
    expect(perSecond).toBeGreaterThan(requestRate('checkout', NOON + 65_000, 'sandbox') * 0.97)
    expect(perSecond).toBeLessThan(requestRate('checkout', NOON + 65_000, 'sandbox') * 1.03)
  })

  it('is more by day than by night, never none, and the same for the same seed', () => {
    const day = Array.from({ length: 24 }, (_, hour) => requestRate('checkout', NOON + hour * HOUR, 'a'))
    expect(Math.min(...day)).toBeGreaterThan(5)
    expect(requestRate('checkout', NOON + 2 * HOUR, 'a')).toBeGreaterThan(1.4 * requestRate('checkout', NOON + 16 * HOUR, 'a'))
    expect(requestRate('checkout', NOON, 'a')).toBe(requestRate('checkout', NOON, 'a'))
    expect(requestRate('checkout', NOON, 'a')).not.toBe(requestRate('checkout', NOON, 'b'))
  })

  it('goes to pods that are ready only', () => {
    const { clock, growth, sum, deploy } = begin()
    deploy('shop/checkout:1.1.0-crash-loop')
    clock.advance(10_000)
    expect(growth(10, () => sum('http_requests_total'))).toBeGreaterThan(100)
  })

  it('is never counted backwards in a pod', () => {
    const { clock, scrape, deploy } = begin()
    const last = new Map<string, number>()
    for (let second = 0; second < 60; second++) {
      if (second === 10) deploy('shop/checkout:1.1.0-errors')
      clock.advance(1_000)
      for (const { labels, value } of scrape().filter((one) => /_total$|_bucket$|_count$/.test(one.labels['__name__'] ?? ''))) {
        const key = JSON.stringify(labels)
        expect(value).toBeGreaterThanOrEqual(last.get(key) ?? 0)
        last.set(key, value)
      }
    }
  })
})

describe('a fault', () => {
  const failedShare = ({ growth, sum }: ReturnType<typeof begin>) => {
    const before = sum('http_requests_total')
    const errors = growth(60, () => sum('http_requests_total', { status: '500' }))
    return errors / (sum('http_requests_total') - before)
  }

  it('of errors fails about 12 % of the requests; a good version fails almost none', () => {
    const world = begin()
    expect(failedShare(world)).toBeLessThan(0.005)
    world.deploy('shop/checkout:1.1.0-errors')
    world.clock.advance(30_000)
    expect(failedShare(world)).toBeCloseTo(0.12, 2)
  })

  it('of latency makes one in six slower than half a second; with a good version it is one in 200', () => {
    const within = (world: ReturnType<typeof begin>) => {
      const count = world.sum('http_request_duration_seconds_count')
      const bucket = world.growth(60, () => world.sum('http_request_duration_seconds_bucket', { le: '0.5' }))
      return bucket / (world.sum('http_request_duration_seconds_count') - count)
    }
    const world = begin()
    expect(within(world)).toBeGreaterThan(0.99)
    world.deploy('shop/checkout:1.1.0-latency')
    world.clock.advance(30_000)
    expect(within(world)).toBeCloseTo(shareWithin(0.5, 0.42), 1)
  })

  it('of a crash loop shows as restarts and as the reason to wait', () => {
    const { clock, sum, deploy } = begin()
    deploy('shop/checkout:1.1.0-crash-loop')
    clock.advance(20_000)
    expect(sum('kube_pod_container_status_restarts_total')).toBeGreaterThan(1)
    expect(sum('kube_pod_container_status_waiting_reason', { reason: 'CrashLoopBackOff' })).toBeGreaterThan(0)
  })

  it('of a memory leak fills the memory, until the container is killed for it', () => {
    const { clock, growth, sum, deploy } = begin()
    deploy('shop/checkout:1.1.0-memory-leak')
    clock.advance(15_000)
    expect(growth(30, () => sum('container_memory_working_set_bytes'))).toBeGreaterThan(1e8)
    expect(sum('container_memory_working_set_bytes')).toBeLessThan(sum('kube_pod_container_resource_limits', { resource: 'memory' }))
    clock.advance(60_000)
    expect(sum('kube_pod_container_status_last_terminated_reason', { reason: 'OOMKilled' })).toBeGreaterThan(0)
  })
})

describe('the past', () => {
  const read = (text: string) => parseExposition(text).filter(({ labels }) => labels['__name__'] === 'http_requests_total')

  it('is an hour of scrapes up to now, counted without a break into what comes', () => {
    const { metrics, clock, sum } = begin()
    const past = read(metrics.past({ forMs: HOUR, everyMs: 15_000 }))
    const instants = [...new Set(past.map(({ at }) => at ?? 0))]
    expect([instants.length, instants.at(0), instants.at(-1)]).toEqual([239, NOON + 75_000 - HOUR, NOON + 45_000])
    const last = past.filter(({ at }) => at === NOON + 45_000).reduce((total, { value }) => total + value, 0)
    clock.advance(5_000)
    const perSecond = (sum('http_requests_total') - last) / 20
    expect(perSecond / requestRate('checkout', NOON + 60_000, 'sandbox')).toBeCloseTo(1, 1)
  })

  it('is without errors beyond the usual, and without restarts', () => {
    const { metrics, sum } = begin()
    const past = read(metrics.past({ forMs: HOUR, everyMs: 60_000 })).filter(({ at }) => at === NOON)
    const failed = past.filter(({ labels }) => labels['status'] === '500').reduce((total, { value }) => total + value, 0)
    expect(failed / past.reduce((total, { value }) => total + value, 0)).toBeLessThan(0.005)
    expect(sum('kube_pod_container_status_restarts_total')).toBe(0)
  })
})

describe('the exposition', () => {
  it('has the labels that the shipped rules and kube-state-metrics have', () => {
    const { scrape, text } = begin()
    const labelsOf = (metric: string) => Object.keys(scrape().find(({ labels }) => labels['__name__'] === metric)?.labels ?? {}).sort()
    expect(labelsOf('http_requests_total')).toEqual(['__name__', 'namespace', 'pod', 'service', 'status'])
    expect(labelsOf('http_request_duration_seconds_bucket')).toEqual(['__name__', 'le', 'namespace', 'pod', 'service'])
    expect(labelsOf('kube_pod_container_status_restarts_total')).toEqual(['__name__', 'container', 'namespace', 'pod', 'uid'])
    expect(text()).toContain('# TYPE http_request_duration_seconds histogram\n')
    expect(text()).toMatch(/_bucket\{[^}]*le="\+Inf"\} \d+\n/)
  })

  it('ends with the pods that are gone', () => {
    const { clock, scrape, deploy } = begin()
    const pods = () => new Set(scrape().flatMap(({ labels }) => labels['pod'] ?? []))
    const before = pods()
    deploy('shop/checkout:1.1.0')
    clock.advance(60_000)
    expect(pods().size).toBe(3)
    expect([...pods()].filter((pod) => before.has(pod))).toEqual([])
  })
})
