import { describe, expect, test } from 'vitest'
import { aRolloutFields, MINUTE, SECOND, T0 } from '../testing/builders.ts'
import { rolloutLastsUntil, rolloutStatus } from './rollout-status.ts'
import type { RolloutFields } from './workload.ts'

/** generation, specReplicas, status: observedGeneration, replicas, updated, available. */
function fields(generation: number, desiredReplicas: number, status: [number, number, number, number]): RolloutFields {
  const [observedGeneration, replicas, updatedReplicas, availableReplicas] = status
  return { generation, desiredReplicas, observedGeneration, replicas, updatedReplicas, availableReplicas, progressingReason: null }
}

describe("kubectl's cases (rollout_status_test.go)", () => {
  test.each<[string, RolloutFields, object]>([
    [
      'none of the new replicas is made',
      fields(0, 1, [1, 1, 0, 1]),
      { state: 'progressing', message: '0 of 1 new replicas have been made' },
    ],
    ['an old replica is still there', fields(1, 1, [1, 2, 1, 2]), { state: 'progressing', message: '1 old replicas are still there' }],
    [
      'half of the new replicas are available',
      fields(1, 2, [1, 2, 2, 1]),
      { state: 'progressing', message: '1 of 2 new replicas are available' },
    ],
    ['all are available', fields(1, 2, [1, 2, 2, 2]), { state: 'complete' }],
    [
      'the controller has not seen the change',
      fields(2, 2, [1, 2, 2, 2]),
      { state: 'progressing', message: 'the controller has not seen the change yet' },
    ],
  ])('%s', (_, given, expected) => {
    expect(rolloutStatus(given)).toEqual(expected)
  })

  test('the deadline is exceeded', () => {
    expect(rolloutStatus({ ...fields(1, 2, [1, 2, 1, 1]), progressingReason: 'ProgressDeadlineExceeded' })).toMatchObject({
      state: 'failed',
    })
  })
})

test('a Deployment scaled to zero is complete when its last pod is gone', () => {
  expect(rolloutStatus(fields(1, 0, [1, 1, 0, 1]))).toMatchObject({ state: 'progressing' })
  expect(rolloutStatus(fields(1, 0, [1, 0, 0, 0]))).toEqual({ state: 'complete' })
})

test('NewReplicaSetAvailable is no health: it stays true when pods die later', () => {
  expect(rolloutStatus(aRolloutFields({ availableReplicas: 1, progressingReason: 'NewReplicaSetAvailable' }))).toMatchObject({
    state: 'progressing',
  })
})

test('a deadline exceeded says nothing about a change that the controller has not seen', () => {
  expect(rolloutStatus(aRolloutFields({ generation: 8, progressingReason: 'ProgressDeadlineExceeded' }))).toMatchObject({
    state: 'progressing',
  })
})

describe('a deadline that an earlier rollout exceeded', () => {
  const since = T0
  const stuck = (progressedAt: number | null) =>
    aRolloutFields({ updatedReplicas: 0, progressingReason: 'ProgressDeadlineExceeded', progressedAt })

  test.each([
    ['minutes before is not this one, though the controller leaves it standing', T0 - MINUTE, 'progressing'],
    ['after it began is its own', T0 + MINUTE, 'failed'],
    ['in the second in which it began, on the server with its own clock, is its own', T0 - SECOND, 'failed'],
    ['at an unknown time is its own', null, 'failed'],
  ] as const)('%s', (_, progressedAt, state) => {
    expect(rolloutStatus(stuck(progressedAt), since).state).toBe(state)
  })

  test('counts where nobody asks since when, as in kubectl', () => {
    expect(rolloutStatus(stuck(T0 - MINUTE)).state).toBe('failed')
  })
})

describe('until when a rollout has lasted', () => {
  const NOW = T0 + 60 * MINUTE
  const incomplete = fields(1, 2, [1, 3, 1, 2])
  const unavailable = fields(1, 2, [1, 2, 2, 1])
  test.each<[string, RolloutFields, number | null]>([
    ['now, when its ReplicaSet was just made', { ...incomplete, progressingReason: 'NewReplicaSetCreated' }, NOW],
    ['now, when an old ReplicaSet is used again', { ...incomplete, progressingReason: 'FoundNewReplicaSet' }, NOW],
    ['now, while it makes progress', { ...incomplete, progressingReason: 'ReplicaSetUpdated' }, NOW],
    [
      'when its deadline ran out, and no longer',
      { ...incomplete, progressingReason: 'ProgressDeadlineExceeded', progressedAt: T0 + MINUTE },
      T0 + MINUTE,
    ],
    ['nobody knows, when that has no time', { ...incomplete, progressingReason: 'ProgressDeadlineExceeded' }, null],
    ['it was complete: pods that fail later do not begin it anew', { ...unavailable, progressingReason: 'NewReplicaSetAvailable' }, null],
    ['it does not go on while it is paused', { ...incomplete, progressingReason: 'DeploymentPaused' }, null],
    ['now, where no deadline is set and old pods are still there', { ...incomplete, progressingReason: null }, NOW],
    ['it is over, where no deadline is set and a new pod fails', { ...unavailable, progressingReason: null }, null],
  ])('%s', (_, given, expected) => {
    expect(rolloutLastsUntil(given, NOW)).toBe(expected)
  })
})
