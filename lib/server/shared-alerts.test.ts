import { expect, test } from 'vitest'
import { FakeMetrics } from '../testing/fake-metrics.ts'
import { shareAlerts } from './shared-alerts.ts'

function world() {
  const state = { now: 0, questions: 0, isDown: false }
  const alerts = async () => {
    state.questions += 1
    if (state.isDown) throw new Error('away')
    return []
  }
  const metrics = shareAlerts(Object.assign(new FakeMetrics(), { alerts }), () => state.now)
  return { state, metrics }
}

test('evaluations at the same time ask Prometheus once', async () => {
  const { metrics, state } = world()
  await Promise.all([metrics.alerts(), metrics.alerts()])
  state.now += 499
  await metrics.alerts()
  expect(state.questions).toBe(1)
})

test('an answer is not kept for longer', async () => {
  const { metrics, state } = world()
  await metrics.alerts()
  state.now += 500
  await metrics.alerts()
  expect(state.questions).toBe(2)
})

test('nor is one from before an alert was received good enough for it: there it may not fire yet', async () => {
  const { metrics, state } = world()
  await metrics.alerts()
  state.now += 100
  await Promise.all([metrics.alerts(50), metrics.alerts(100)])
  expect(state.questions).toBe(2)
  await metrics.alerts(0)
  expect(state.questions).toBe(2)
})

test('a failure is told to all who wait for it, and the next one asks again', async () => {
  const { metrics, state } = world()
  state.isDown = true
  const answers = await Promise.allSettled([metrics.alerts(), metrics.alerts()])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(state.questions).toBe(1)
  state.isDown = false
  expect(await metrics.alerts()).toEqual([])
})
