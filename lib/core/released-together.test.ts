import { expect, it } from 'vitest'
import { GOOD, T0 } from '../testing/builders.ts'
import { type DeployOnRecord, MOST_TOGETHER, releasedTogether, TOGETHER_MS } from './released-together.ts'
import type { WorkloadRef } from './workload.ts'

const MINUTE = 60_000

function workload(name: string): WorkloadRef {
  return { namespace: 'shop', kind: 'Deployment', name }
}

function deploy(name: string, deployedAt: number): DeployOnRecord {
  return { workload: workload(name), revision: GOOD, deployedAt }
}

const OWN = deploy('checkout', T0)
const together = (deploys: DeployOnRecord[], incidents: Parameters<typeof releasedTogether>[1]['incidents'] = []) =>
  releasedTogether(OWN, { deploys: [OWN, ...deploys], incidents })
const names = (deploys: DeployOnRecord[]) => together(deploys).of.map((one) => one.workload.name)

it('are the deploys of other workloads around this one, the nearest first', () => {
  expect(names([deploy('cart', T0 - 5 * MINUTE), deploy('search', T0 + 2 * MINUTE)])).toEqual(['search', 'cart'])
})

it('are not those further away than ten minutes, before or after', () => {
  const edge = [deploy('in', T0 - TOGETHER_MS), deploy('out', T0 - TOGETHER_MS - 1), deploy('late', T0 + TOGETHER_MS + 1)]
  expect(names(edge)).toEqual(['in'])
})

it('are each workload once, by its nearest deploy, and never the workload itself', () => {
  const found = together([deploy('cart', T0 - 5 * MINUTE), deploy('cart', T0 + MINUTE), deploy('checkout', T0 + 3 * MINUTE)])
  expect(found.of).toMatchObject([{ workload: { name: 'cart' }, deployedAt: T0 + MINUTE, trouble: null }])
})

it('name those in trouble first, with the incident; trouble that was over before the deploy is none', () => {
  const deploys = [deploy('well', T0), deploy('healed', T0 + MINUTE), deploy('ill', T0 + 2 * MINUTE), deploy('before', T0 + 3 * MINUTE)]
  const found = together(deploys, [
    { id: 'i-ill', workload: workload('ill'), startedAt: T0 - 60 * MINUTE, closedAt: null },
    { id: 'i-healed', workload: workload('healed'), startedAt: T0 + 2 * MINUTE, closedAt: T0 + 9 * MINUTE },
    { id: 'i-before', workload: workload('before'), startedAt: T0 - 9 * MINUTE, closedAt: T0 - MINUTE },
  ])
  expect(found.of.map((one) => [one.workload.name, one.trouble])).toEqual([
    ['ill', { incidentId: 'i-ill', isOpen: true }],
    ['healed', { incidentId: 'i-healed', isOpen: false }],
    ['well', null],
    ['before', null],
  ])
})

it('are named up to a limit, and the rest is counted', () => {
  const found = together(Array.from({ length: 14 }, (_, index) => deploy(`w${index}`, T0 + index)))
  expect([found.of.length, found.leftOut]).toEqual([MOST_TOGETHER, 4])
})
