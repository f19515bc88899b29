import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KILL_POINTS, type KillPoint } from '../lib/core/kill-point.ts'
import { createApiToken } from '../lib/testing/api-token.ts'
import { type RunningApp, startApp, WEBHOOK_TOKEN } from '../lib/testing/app.ts'
import { freePort } from '../lib/testing/free-port.ts'
import { createTestDatabase } from '../lib/testing/postgres.ts'
import { createNamespace, deployAndWait, generationOf, imageOf } from './kubectl.ts'
import { rollbacksOf, type Snapback, snapback, untilDeployKnown, untilPhase, type WireRollback } from './snapback.ts'
import { until } from './until.ts'

const NAME = 'checkout'
const GOOD = 'checkout:1.4.0'
const BAD = 'checkout:1.5.0'
/** Promised: after a restart the rollback goes on within this. */
const GOES_ON_WITHIN_MS = 15_000

/** Phases that a rollback can only be in if it went on after dying at the point. */
const AFTER: Record<KillPoint, readonly string[]> = {
  'delivery-stored': ['pending', 'undoing', 'progressing', 'verifying', 'unverified'],
  'evaluation-gathered': ['pending', 'undoing', 'progressing', 'verifying', 'unverified'],
  'decision-stored': ['undoing', 'progressing', 'verifying', 'unverified'],
  'rollback-opened': ['undoing', 'progressing', 'verifying', 'unverified'],
  'undoing-stored': ['progressing', 'verifying', 'unverified'],
  'patch-accepted': ['progressing', 'verifying', 'unverified'],
  'undone-stored': ['verifying', 'unverified'],
  'rollout-seen': ['verifying', 'unverified'],
  'restored-stored': ['verifying', 'unverified'],
  'health-seen': ['verifying', 'unverified'],
  'ended-stored': ['unverified'],
}

/** Still `verifying` proves nothing after these: another look has to be stored. */
const WHILE_VERIFYING: readonly KillPoint[] = ['restored-stored', 'health-seen']

/** Reached only by a rollback that a person asked for. */
const BY_HAND: readonly KillPoint[] = ['rollback-opened']

describe.concurrent('a process that dies by SIGKILL', () => {
  for (const replicas of [1, 2]) {
    for (const point of KILL_POINTS) {
      it(`loses nothing at ${point}, with ${replicas} replica${replicas > 1 ? 's' : ''}`, async () => {
        const scene = await setScene(point, replicas)
        try {
          await dieAndGoOn(scene)
        } finally {
          await scene.close()
        }
      })
    }
  }
})

interface Scene {
  point: KillPoint
  namespace: string
  token: string
  apps: RunningApp[]
  /** Starts one more app on the same database. */
  start(): Promise<RunningApp>
  close(): Promise<void>
}

/** A good version, then a bad one, both known; every replica would die at the point, and the first one does. */
async function setScene(point: KillPoint, replicas: number): Promise<Scene> {
  const [namespace, database, folder] = await Promise.all([createNamespace('kill'), createTestDatabase(), mkdtemp(join(tmpdir(), 'kill-'))])
  const apps: RunningApp[] = []
  const env = {
    KUBECONFIG: process.env['KUBECONFIG'] ?? '',
    NAMESPACES: namespace.name,
    DRY_RUN: 'false',
    TEST_KILL_POINT: point,
    TEST_KILL_ONCE_FILE: join(folder, 'dead'),
  }
  const start = async () => {
    const app = await startApp({ databaseUrl: database.url, port: await freePort(), env })
    apps.push(app)
    return app
  }
  const close = async () => {
    await Promise.all(apps.map((app) => app.stop()))
    await database.drop()
    await namespace.remove()
    await rm(folder, { recursive: true })
  }
  const first = await start()
  for (let more = 1; more < replicas; more += 1) await start()
  const token = await until('the database to be ready', 20_000, () => createApiToken(database.url, 'admin'))
  const api = snapback(first, token)
  await until('the API to answer', 20_000, () => api.get('/api/control'))
  await actAtOnce(api)
  const workload = { namespace: namespace.name, name: NAME }
  await deployAndWait({ ...workload, image: GOOD })
  await untilDeployKnown(api, workload, GOOD)
  await deployAndWait({ ...workload, image: BAD })
  await untilDeployKnown(api, workload, BAD)
  return { point, namespace: namespace.name, token, apps, start, close }
}

async function actAtOnce(api: Snapback): Promise<void> {
  const policy = { scope: { level: 'cluster' }, fields: { mode: 'auto', bakeTimeMs: 5_000, goodAfterMs: 0 }, version: 0, reason: 'test' }
  await api.send('PUT', '/api/policies', policy)
}

async function dieAndGoOn({ point, namespace, token, apps, start }: Scene): Promise<void> {
  const workload = { namespace, name: NAME }
  const before = await generationOf(namespace, NAME)
  const startsAt = new Date().toISOString()
  const [first] = apps
  if (first === undefined) throw new Error('no app was started')
  const isByHand = BY_HAND.includes(point)
  // The request may die with the process that serves it.
  const asked = isByHand ? askByHand(first, token, workload) : deliver(first, namespace, { status: 'firing', startsAt })
  await asked.catch(() => {})
  if (point === 'ended-stored') {
    await untilPhase(snapback(first, token), workload, ['verifying'], 30_000)
    await deliver(first, namespace, { status: 'resolved', startsAt })
  }
  const dead = await Promise.race(apps.map(async (app) => ({ app, ...(await app.exited) })))
  expect(dead.signal).toBe('SIGKILL')

  const survivor = apps.find((app) => app !== dead.app) ?? (await start())
  const api = snapback(survivor, token)
  const found = await untilPhase(api, workload, [...AFTER[point]], GOES_ON_WITHIN_MS)
  if (WHILE_VERIFYING.includes(point)) await untilNextLook(api, found)
  if (!isByHand) await deliver(survivor, namespace, { status: 'resolved', startsAt })
  const rollback = await untilPhase(api, workload, ['unverified'], 60_000)

  expect(await rollbacksOf(api, namespace, NAME)).toHaveLength(1)
  expect(await imageOf(namespace, NAME)).toBe(GOOD)
  expect(await generationOf(namespace, NAME)).toBe(before + 1)
  expect(await timelineOf(api, rollback)).toEqual(['opened', 'undoing', 'undone', 'restored', 'unverified'])
}

function untilNextLook(api: Snapback, { id, version }: WireRollback): Promise<true> {
  return until('another look at its health', GOES_ON_WITHIN_MS, async () => {
    const { rollback } = await api.get<{ rollback: WireRollback }>(`/api/rollbacks/${id}`)
    return rollback.version > version ? true : null
  })
}

/** What happened to the rollback itself, each once; how health was read in between is not the point. */
async function timelineOf(api: Snapback, { id }: WireRollback): Promise<string[]> {
  const { timeline } = await api.get<{ timeline: { kind: string }[] }>(`/api/rollbacks/${id}`)
  return timeline.map(({ kind }) => kind).filter((kind) => kind !== 'health_changed')
}

function askByHand(app: RunningApp, token: string, { namespace, name }: { namespace: string; name: string }): Promise<unknown> {
  const body = { workload: { namespace, kind: 'Deployment', name }, reason: 'a person asks' }
  return snapback(app, token).send('POST', '/api/rollbacks', body)
}

/** A delivery as Alertmanager sends it. */
async function deliver(app: RunningApp, namespace: string, alert: { status: 'firing' | 'resolved'; startsAt: string }): Promise<void> {
  const labels = { alertname: 'HighErrorRate', auto_rollback: 'true', namespace, deployment: NAME }
  const endsAt = alert.status === 'firing' ? '0001-01-01T00:00:00Z' : new Date().toISOString()
  const body = {
    version: '4',
    groupKey: '{}',
    truncatedAlerts: 0,
    status: alert.status,
    receiver: 'snapback',
    groupLabels: labels,
    commonLabels: labels,
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example',
    alerts: [{ ...alert, endsAt, labels, annotations: {}, generatorURL: '', fingerprint: `f-${namespace}` }],
  }
  const answer = await fetch(`${app.url}/api/webhooks/alertmanager`, {
    method: 'POST',
    headers: { authorization: `Bearer ${WEBHOOK_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}
