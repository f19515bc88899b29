import { expect, test } from 'vitest'
import { aFacts, CHECKOUT } from '../../testing/builders.ts'
import { workloadFound } from './workload-found.ts'

const PAYMENT = { ...CHECKOUT, name: 'payment' }

test('passes with the one workload that the labels lead to, and the label that told', () => {
  expect(workloadFound.ask(aFacts())).toMatchObject({
    answer: 'pass',
    reason: 'workload_found',
    values: { workload: 'edgelink/Deployment/checkout', via: 'deployment' },
  })
})

test('is inconclusive while the cluster has not answered', () => {
  expect(workloadFound.ask(aFacts({ resolution: null, workload: null }))).toMatchObject({ answer: 'inconclusive', reason: 'source_silent' })
})

test('holds when no label leads to a workload, and says what was tried', () => {
  const facts = aFacts({ resolution: { kind: 'none', tried: ['Service cart'] }, workload: null })
  expect(workloadFound.ask(facts)).toMatchObject({ answer: 'hold', reason: 'workload_not_found', values: { tried: ['Service cart'] } })
})

test('holds when two workloads fit, and names both', () => {
  const facts = aFacts({ resolution: { kind: 'ambiguous', candidates: [CHECKOUT, PAYMENT], via: 'service selector' }, workload: null })
  expect(workloadFound.ask(facts)).toMatchObject({
    answer: 'hold',
    reason: 'workload_ambiguous',
    values: { candidates: ['edgelink/Deployment/checkout', 'edgelink/Deployment/payment'] },
  })
})

test('holds when the workload that was found is not in the cluster any more', () => {
  expect(workloadFound.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'hold', reason: 'workload_not_found' })
})
