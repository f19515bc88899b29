import { expect, test } from 'vitest'
import type { Labels } from '../../core/alert.ts'
import type { Series } from '../../ports.ts'
import { lastActive } from './last-active.ts'

const series = (labels: Labels, ...points: [at: number, value: number][]): Series => ({
  labels: { __name__: 'ALERTS', alertname: 'PodCrashLooping', ...labels },
  points: points.map(([at, value]) => ({ at, value })),
})
const POD = { alertname: 'PodCrashLooping', namespace: 'shop', pod: 'checkout-5d9-new', cluster: 'eu-1' }

async function ask(answer: Series[], labels: Labels = POD): Promise<number | null> {
  return lastActive(async () => answer, { labels, workload: 'checkout', from: 0, to: 100 })
}

test('pending counts as firing does, and the last time counts', async () => {
  const shop = { namespace: 'shop', pod: 'checkout-5d9-new' }
  expect(
    await ask([series({ ...shop, alertstate: 'pending' }, [15, 1], [30, 1]), series({ ...shop, alertstate: 'firing' }, [45, 1])]),
  ).toBe(45)
})

test('what a pod of an older revision had counts: it is the same condition', async () => {
  expect(await ask([series({ namespace: 'shop', pod: 'checkout-7c4-old', alertstate: 'firing' }, [15, 1])])).toBe(15)
})

test.each<[string, Labels]>([
  ['another workload', { namespace: 'shop', pod: 'checkout-api-7c4-old' }],
  ['another namespace', { namespace: 'bank', pod: 'checkout-7c4-old' }],
  ['labels that the payload does not have', { namespace: 'shop', pod: 'checkout-7c4-old', container: 'main' }],
])('%s does not', async (_, labels) => {
  expect(await ask([series({ ...labels, alertstate: 'firing' }, [15, 1])])).toBeNull()
})

async function asked(labels: Labels, from: number, to: number) {
  const questions: [string, object][] = []
  const queryRange = async (...question: [string, object]) => {
    questions.push(question)
    return []
  }
  await lastActive(queryRange, { labels, workload: 'checkout', from, to })
  return questions
}

test('asks for the name in quotes that nothing can end', async () => {
  const [[expression] = ['']] = await asked({ alertname: 'a"} or vector(1) #' }, 0, 15_000)
  expect(expression).toBe('max_over_time(ALERTS{alertname="a\\"} or vector(1) #"}[15s])')
})

const SECOND = 1_000
test.each([
  ['an hour, step by step, the last one at its end', 3_607 * SECOND, '15s', { from: 22 * SECOND, stepMs: 15 * SECOND }],
  ['less than a step, at once', 4_700, '4s', { from: 4_700, stepMs: 4_700 }],
])('looks back over %s', async (_, to, window, range) => {
  expect(await asked({ alertname: 'A' }, 0, to)).toEqual([[`max_over_time(ALERTS{alertname="A"}[${window}])`, { ...range, to }]])
})

test('asks nothing of no time at all', async () => {
  expect([await asked({ alertname: 'A' }, 7, 7), await asked({ alertname: 'A' }, 8, 7)]).toEqual([[], []])
})
