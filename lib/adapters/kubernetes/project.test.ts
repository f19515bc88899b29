import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { isActivePod, projectDeployment, projectPod, projectReplicaSet } from './project.ts'

describe('a pod', () => {
  it('is ready by its condition, restarted as often as its containers together', () => {
    const status = {
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        { restartCount: 2, state: { running: {} } },
        { restartCount: 1, state: { running: {} } },
      ],
      initContainerStatuses: [{ restartCount: 1, state: { terminated: { reason: 'Completed' } } }],
    }
    expect(projectPod(aPod(status))).toEqual({ name: 'shop-1', node: 'node-0', ready: true, restarts: 4, reason: null })
  })

  it.each([
    ['waits for', { waiting: { reason: 'CrashLoopBackOff' } }, 'CrashLoopBackOff'],
    ['ended by', { terminated: { reason: 'OOMKilled' } }, 'OOMKilled'],
  ])('says what a container %s', (_, state, reason) => {
    const statuses = [
      { restartCount: 0, state: { running: {} } },
      { restartCount: 0, state },
    ]
    expect(projectPod(aPod({ containerStatuses: statuses }))).toMatchObject({ ready: false, reason })
  })

  it('counts like the ReplicaSet controller counts: not when it has ended or is going', () => {
    expect(isActivePod(aPod({ phase: 'Running' }))).toBe(true)
    expect(isActivePod(aPod({ phase: 'Failed' }))).toBe(false)
    expect(isActivePod(aPod({ phase: 'Succeeded' }))).toBe(false)
    expect(isActivePod({ ...aPod({ phase: 'Running' }), metadata: { deletionTimestamp: '2026-01-05T10:00:00Z' } })).toBe(false)
  })

  it('that was only just made lacks nearly everything, and is not ready', () => {
    expect(projectPod({})).toEqual({ name: '', node: null, ready: false, restarts: 0, reason: null })
  })
})

describe('a ReplicaSet', () => {
  it('has every number that it had, and the controller’s own for now', () => {
    const annotations = { 'deployment.kubernetes.io/revision': '7', 'deployment.kubernetes.io/revision-history': '1,4' }
    const { numbers, revision } = projectReplicaSet({ metadata: { annotations } })
    expect([numbers, revision.number]).toEqual([[1, 4, 7], 7])
  })

  it('belongs to the Deployment that controls it, and to no other owner', () => {
    const owner = { kind: 'Deployment', name: 'shop', uid: 'u1' }
    expect(projectReplicaSet({ metadata: { ownerReferences: [{ ...owner, controller: true }] } }).owner).toEqual({
      name: 'shop',
      uid: 'u1',
    })
    expect(projectReplicaSet({ metadata: { ownerReferences: [owner] } }).owner).toBeNull()
  })

  it('has the fingerprint of the Deployment’s template, without the label that the controller adds', () => {
    const spec = { containers: [{ image: 'shop:1' }] }
    const ofDeployment = { spec: { template: { metadata: { labels: { app: 'shop' } }, spec } } }
    const ofReplicaSet = { spec: { template: { metadata: { labels: { app: 'shop', 'pod-template-hash': 'x' } }, spec } } }
    expect(projectReplicaSet(ofReplicaSet).revision.templateFingerprint).toBe(projectDeployment(ofDeployment).state.templateFingerprint)
  })
})

describe('a Deployment', () => {
  it('wants one replica where it does not say', () => {
    expect(projectDeployment({ spec: {} }).state.rollout.desiredReplicas).toBe(1)
    expect(projectDeployment({ spec: { replicas: 0 } }).state.rollout.desiredReplicas).toBe(0)
  })

  it('tells when the condition Progressing was last updated: an earlier rollout may have left it', () => {
    const conditions = [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', lastUpdateTime: '2026-01-05T10:00:00Z' }]
    expect(projectDeployment({ status: { conditions } }).state.rollout).toMatchObject({
      progressingReason: 'ProgressDeadlineExceeded',
      progressedAt: Date.UTC(2026, 0, 5, 10),
    })
  })

  it('keeps that kubectl applied it, not the copy of itself', () => {
    const annotations = { team: 'blue', 'kubectl.kubernetes.io/last-applied-configuration': '{"whole":"object"}' }
    expect(projectDeployment({ metadata: { annotations } }).state.annotations).toEqual({
      team: 'blue',
      'kubectl.kubernetes.io/last-applied-configuration': '',
    })
  })
})

function aPod(status: JsonObject): JsonObject {
  return { metadata: { name: 'shop-1' }, spec: { nodeName: 'node-0' }, status }
}

describe('what stands in the way of a rollback', () => {
  const MARK = { 'snapback.dev/irreversible': 'true' }

  it.each([
    ['on the pod template', { spec: { template: { metadata: { annotations: MARK } } } }, true],
    ['on the Deployment while it was deployed: the controller copies it', { metadata: { annotations: MARK } }, true],
    ['taken back', { metadata: { annotations: { 'snapback.dev/irreversible': 'false' } } }, undefined],
    ['nowhere', {}, undefined],
  ])('a revision is irreversible by an annotation %s', (_, raw, expected) => {
    expect(projectReplicaSet(raw).revision.irreversible).toBe(expected)
  })

  it('a Deployment says who controls it and who wrote its fields', () => {
    const ownerReferences: JsonObject[] = [
      { kind: 'Other', name: 'x' },
      { kind: 'Canary', name: 'checkout', controller: true },
    ]
    const managedFields: JsonObject[] = [{ manager: 'argocd-controller' }, { manager: 'kubectl' }, { manager: 'kubectl' }, {}]
    expect(projectDeployment({ metadata: { ownerReferences, managedFields } }).state).toMatchObject({
      controller: { kind: 'Canary', name: 'checkout' },
      managers: ['argocd-controller', 'kubectl'],
    })
    expect(projectDeployment({}).state).not.toHaveProperty('controller')
  })
})
