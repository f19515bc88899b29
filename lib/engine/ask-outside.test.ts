import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OutsideFacts } from '../core/outside-facts.ts'
import { badDeployWorld, type EngineWorld, T0 } from '../testing/engine-world.ts'
import { aRule } from '../testing/fake-metrics.ts'
import { askOutside, type StageTwo } from './ask-outside.ts'
import { assembleFacts, lookAround } from './gather-facts.ts'
import { ingestAlerts } from './ingest-alerts.ts'
import { recordDeploys } from './record-deploys.ts'

const LIMIT_MS = 2_000
const LABELS = { namespace: 'edgelink', deployment: 'checkout', alertname: 'HighErrorRate', auto_rollback: 'true' }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Each question of stage 2, how it is made to hang, and what is known then. */
const QUESTIONS: Record<string, { hang(world: EngineWorld, wait: () => Promise<never>): void; known: object }> = {
  'whether Prometheus has it': {
    // Its own labels lead there by a pod, which the cluster is asked about.
    hang: ({ cluster }, wait) => Object.assign(cluster, { deploymentOfPod: wait }),
    known: { outside: { prometheus: 'silent' } },
  },
  'whether the API server takes the patch': {
    hang: ({ cluster }, wait) => Object.assign(cluster, { dryRunUndo: wait }),
    known: { dryRun: { kind: 'silent' } },
  },
  'whether Alertmanager has it': {
    hang: ({ alertmanager }, wait) => Object.assign(alertmanager, { alerts: wait }),
    known: { outside: { alertmanager: { state: 'silent' } } },
  },
  'how it was before the deploy': {
    hang: ({ metrics }, wait) => Object.assign(metrics, { lastActive: wait }),
    known: { outside: { before: { state: 'silent' } } },
  },
  'how many requests stand behind it': {
    hang: ({ metrics }, wait) => {
      const measure = metrics.measure.bind(metrics)
      metrics.measure = (request) => (request.windowMs > 60_000 ? wait() : measure(request))
    },
    known: { outside: { now: 'silent' } },
  },
  'what the pods do': {
    hang: ({ cluster }, wait) => Object.assign(cluster, { pods: wait }),
    known: { outside: { pods: null } },
  },
}
const NAMES = Object.keys(QUESTIONS)

/** Stage 2 of a bad deploy's alert, in which these questions are never answered, and how many of them have been asked. */
async function asking(hanging: readonly string[]) {
  const world = await badDeployWorld()
  const { metrics, alertmanager, deps } = world
  metrics.load(aRule({ name: 'HighErrorRate', labels: {} }))
  const { alertname, auto_rollback, namespace } = LABELS
  metrics.fires({ alertname, auto_rollback, namespace, pod: 'checkout-1' }, T0)
  world.cluster.setPods('edgelink/checkout', world.cluster.currentOf('edgelink/checkout').uid, [{ name: 'checkout-1' }])
  alertmanager.isConfigured = true
  alertmanager.routed.push({ labels: { ...LABELS, pod: 'checkout-1' }, silencedBy: [] })
  await ingestAlerts(deps, { alerts: [world.alert({ labels: { ...LABELS, pod: 'checkout-1' } })], rejected: [], truncated: 0 })
  await recordDeploys(deps, new Map())
  const [episode] = world.store.tables.episodes
  if (episode === undefined) throw new Error('nothing was delivered')
  const seen = await lookAround(deps, episode)
  const facts = await deps.store.transaction((tx) => assembleFacts(tx, seen, world.now))
  const asked = new Set<string>()
  for (const name of hanging) {
    QUESTIONS[name]?.hang(world, () => {
      asked.add(name)
      return new Promise(() => {})
    })
  }
  let answer: StageTwo | null = null
  void askOutside(deps, facts, seen).then((told) => {
    answer = told
  })
  return { asked, answer: () => answer }
}

test('with nobody silent all is answered at once', async () => {
  const { answer } = await asking([])
  await vi.advanceTimersByTimeAsync(0)
  expect(answer()).toMatchObject({
    dryRun: { kind: 'accepted' },
    outside: {
      prometheus: 'firing',
      alertmanager: { state: 'firing' },
      before: { state: 'read', measurement: { kind: 'comparison' } },
      now: { kind: 'comparison' },
      pods: { current: { count: 1 } },
      lastHeld: null,
    } satisfies Partial<Record<keyof OutsideFacts, unknown>>,
  })
})

test.each(NAMES)('nobody says %s: that alone is not known, after two seconds', async (name) => {
  const { asked, answer } = await asking([name])
  await vi.advanceTimersByTimeAsync(LIMIT_MS - 1)
  expect([[...asked], answer()]).toEqual([[name], null])
  await vi.advanceTimersByTimeAsync(1)
  expect(answer()).toMatchObject(QUESTIONS[name]?.known ?? {})
  const others = NAMES.filter((one) => one !== name)
  for (const other of others) expect(answer()).not.toMatchObject(QUESTIONS[other]?.known ?? {})
})

test('all are asked at once, and take two seconds together when nobody answers', async () => {
  const { asked, answer } = await asking(NAMES)
  await vi.advanceTimersByTimeAsync(0)
  expect([...asked].sort()).toEqual([...NAMES].sort())
  await vi.advanceTimersByTimeAsync(LIMIT_MS)
  for (const name of NAMES) expect(answer()).toMatchObject(QUESTIONS[name]?.known ?? {})
})
