import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deployAndWait, imageOf, kubectl } from './kubectl.ts'
import { printStory } from './print-story.ts'
import { CLOCKS, rollbacksOf, untilDeployKnown, untilPhase, type WireIncident } from './snapback.ts'
import { until } from './until.ts'
import { createWorld, type World } from './world.ts'

const NAME = 'checkout'
const GOOD = 'registry.example/checkout:1.4.0'
const BAD = 'registry.example/checkout:1.5.0-bad'

describe('the story', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld('story', process.env['KUBECONFIG'] ?? '')
  })
  afterAll(() => world?.close())

  it('puts a real Deployment back when a real alert says that the deploy was bad', async () => {
    const { namespace, api } = world
    // Given a version that serves well
    await kubectl(['create', 'service', 'clusterip', NAME, '--tcp=80', '-n', namespace])
    await deployAndWait({ namespace, name: NAME, image: GOOD, annotations: { 'team.example/owner': 'payments' } })
    world.play(NAME)
    await untilDeployKnown(api, { namespace, name: NAME }, GOOD)
    await world.untilMeasured(NAME)

    // When a version is deployed that fails 12 % of its requests
    await deployAndWait({ namespace, name: NAME, image: BAD, annotations: { 'team.example/owner': 'payments' } })

    // Then it is put back with nobody involved, and shown to have helped
    const rollback = await untilPhase(api, { namespace, name: NAME }, ['succeeded', 'failed', 'unverified', 'superseded'], 90_000)
    expect(rollback).toMatchObject({ phase: 'succeeded', from: { images: [BAD] }, to: { images: [GOOD] } })
    expect(await imageOf(namespace, NAME)).toBe(GOOD)

    const story = await until('the incident to be closed', 30_000, async () => {
      const read = await api.get<WireIncident>(`/api/incidents/${rollback.incidentId}`)
      return read.incident.closedAt === null ? null : read
    })
    expect(story.incident).toMatchObject({ outcome: 'rolled_back', startedAtSource: 'active_at' })
    // What was seen of the bad revision stays, although its pods are gone
    const [seen] = story.evidence
    expect(seen).toMatchObject({
      revision: { images: [BAD] },
      pods: expect.arrayContaining([expect.objectContaining({ name: expect.stringMatching(/^checkout-/), events: expect.any(Array) })]),
      diff: expect.arrayContaining([expect.objectContaining({ kind: 'image' })]),
    })
    expect(Number(seen?.podCount)).toBeGreaterThan(0)
    const clocks = CLOCKS.map((name) => Date.parse(rollback.clocks[name] ?? ''))
    expect(clocks).toEqual([...clocks].sort((a, b) => a - b))
    const { detectMs, decideMs, executeMs, recoverMs, mttrMs } = rollback.clocks.parts
    expect(Number(detectMs) + Number(decideMs) + Number(executeMs) + Number(recoverMs)).toBe(mttrMs)
    const kinds = story.timeline.map(({ kind }) => kind)
    for (const kind of [
      'alert_fired',
      'decided',
      'opened',
      'undoing',
      'undone',
      'restored',
      'succeeded',
      'alert_resolved',
      'incident_closed',
    ]) {
      expect(kinds).toContain(kind)
    }
    printStory(story)
  })

  it('leaves the cluster as kubectl would: history and status agree, and what others wrote is still there', async () => {
    const { namespace, api } = world
    const status = await kubectl(['rollout', 'status', `deployment/${NAME}`, '-n', namespace, '--timeout=10s'])
    expect(status).toContain('successfully rolled out')
    const history = await kubectl(['rollout', 'history', `deployment/${NAME}`, '-n', namespace])
    const numbers = [...history.matchAll(/^(\d+)\s/gm)].map(([, number]) => Number(number))
    expect(numbers).toEqual([2, 3])
    const detail = await api.get<{ current: { revision: { number: number; images: string[] } } }>(
      `/api/workloads/${namespace}/Deployment/${NAME}`,
    )
    expect(detail.current.revision).toMatchObject({ number: 3, images: [GOOD] })
    const owner = await kubectl([
      'get',
      `deployment/${NAME}`,
      '-n',
      namespace,
      '-o',
      'jsonpath={.metadata.annotations.team\\.example/owner}',
    ])
    expect(owner).toBe('payments')
  })

  it('says on /metrics what it did', async () => {
    const text = await (await fetch(`${world.app.url}/metrics`)).text()
    const labels = `namespace="${world.namespace}",workload="${NAME}",trigger="alert",reason="EdgeLinkHighErrorRate"`
    expect(text).toContain(`edgelink_rollback_total{${labels}} 1`)
    expect(text).toContain(`edgelink_rollback_success_total{${labels}} 1`)
    expect(text).toMatch(/edgelink_decision_total\{verdict="roll_back",effect="act",reason="deploy_explains_it"\} 1/)
    expect(await rollbacksOf(world.api, world.namespace, NAME)).toHaveLength(1)
  })
})
