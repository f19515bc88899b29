import { expect, test } from 'vitest'
import { aRevision, MINUTE, T0 } from '../testing/builders.ts'
import type { Deploy, DeploySource } from './deploy.ts'
import { servedTimes } from './served-time.ts'

const deploy = (number: number, minutes: number, source: DeploySource = 'watched', uid = `rs-${number}`): Deploy => ({
  workloadId: 'w1',
  deploymentUid: 'd1',
  revision: aRevision({ number, uid }),
  deployedAt: T0 + minutes * MINUTE,
  source,
  completedAt: null,
})

function served(deploys: Deploy[], currentUid: string) {
  const times = servedTimes({ deploys, currentUid, now: T0 + 100 * MINUTE })
  return Object.fromEntries([...times].map(([uid, { ms, source }]) => [uid, `${ms / MINUTE} ${source}`]))
}

test('each served until the next one, the current one until now', () => {
  expect(served([deploy(3, 90), deploy(2, 60), deploy(1, 0)], 'rs-3')).toEqual({
    'rs-1': '60 watched',
    'rs-2': '30 watched',
    'rs-3': '10 watched',
  })
})

test('one that was deployed again has served twice', () => {
  expect(served([deploy(4, 90), deploy(3, 60, 'watched', 'rs-1'), deploy(2, 50), deploy(1, 0)], 'rs-4')).toMatchObject({
    'rs-1': '80 watched',
  })
})

test('on the first day the times of ReplicaSets count, marked', () => {
  expect(served([deploy(2, 60), deploy(1, 0, 'replica_set')], 'rs-2')).toMatchObject({ 'rs-1': '60 replica_set' })
})

test('times that contradict each other count for nothing: a reused ReplicaSet keeps an old one', () => {
  const reused = deploy(3, 0, 'replica_set', 'rs-1')
  expect(served([deploy(4, 90), reused, deploy(2, 60, 'replica_set'), deploy(1, 0, 'replica_set')], 'rs-4')).toMatchObject({
    'rs-1': '60 replica_set',
  })
})
