import { expect, test } from 'vitest'
import { aDeployment, aReplicaSet, CHECKOUT } from '../testing/builders.ts'
import { currentRevision, revisionRef, workloadKey } from './workload.ts'

const REVISIONS = [aReplicaSet({ number: 41 }), aReplicaSet({ number: 42 })]

test('the current revision is the one whose template the Deployment has', () => {
  expect(currentRevision(aDeployment({ templateFingerprint: 'template-42' }), REVISIONS)?.number).toBe(42)
})

test('while the controller has not given it the highest number nobody can tell: an undo must not look like the bad deploy', () => {
  expect(currentRevision(aDeployment({ templateFingerprint: 'template-41' }), REVISIONS)).toBeNull()
})

test('there is none until the controller has made its ReplicaSet', () => {
  expect(currentRevision(aDeployment({ templateFingerprint: 'template-43' }), REVISIONS)).toBeNull()
})

test('of two ReplicaSets with that template the newer one is current', () => {
  const twins = [aReplicaSet({ number: 41, templateFingerprint: 'same' }), aReplicaSet({ number: 44, templateFingerprint: 'same' })]
  expect(currentRevision(aDeployment({ templateFingerprint: 'same' }), twins)?.number).toBe(44)
})

test('a record of a revision keeps what identifies it and no more', () => {
  expect(Object.keys(revisionRef(aReplicaSet()))).toEqual(['uid', 'hash', 'number', 'templateFingerprint', 'materialFingerprint', 'images'])
})

test('a workload has one text', () => {
  expect(workloadKey(CHECKOUT)).toBe('edgelink/Deployment/checkout')
})
