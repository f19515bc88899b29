import { describe, expect, test } from 'vitest'
import { aDeployment, aReplicaSet, CHECKOUT } from '../testing/builders.ts'
import { currentRevision, revisionRef, servingRevision, workloadKey } from './workload.ts'

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

describe('what serves after an undo to 41', () => {
  const to = revisionRef(aReplicaSet({ number: 41 }))
  const rewritten = aDeployment({ templateFingerprint: 'template-41-rewritten' })
  const ofIts = aReplicaSet({ number: 43, templateFingerprint: 'template-41-rewritten' })

  test('is the target, also before the controller has given it the next number', () => {
    expect(servingRevision(aDeployment({ templateFingerprint: 'template-41' }), REVISIONS, to)).toBe(to)
  })

  test('is the ReplicaSet that a rewritten template got, under the number that was undone to', () => {
    expect(servingRevision(rewritten, [...REVISIONS, ofIts], to)).toEqual({ ...revisionRef(ofIts), number: 41 })
  })

  test('is that one too when the target was pruned meanwhile', () => {
    expect(servingRevision(rewritten, [aReplicaSet({ number: 42 }), ofIts], to)).toEqual({ ...revisionRef(ofIts), number: 41 })
  })

  test('is not known before that ReplicaSet was seen', () => {
    expect(servingRevision(rewritten, REVISIONS, to)).toBeNull()
  })

  test('is taken to be the target by caches that know nothing of it', () => {
    expect(servingRevision(rewritten, [], to)).toBe(to)
  })
})

test('a record of a revision keeps what identifies it and no more', () => {
  expect(Object.keys(revisionRef(aReplicaSet()))).toEqual(['uid', 'hash', 'number', 'templateFingerprint', 'materialFingerprint', 'images'])
})

test('a workload has one text', () => {
  expect(workloadKey(CHECKOUT)).toBe('edgelink/Deployment/checkout')
})
