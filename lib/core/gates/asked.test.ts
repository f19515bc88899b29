import { expect, test } from 'vitest'
import { aFacts, anAlertTrigger, aPerson } from '../../testing/builders.ts'
import { asked } from './asked.ts'

test.each([
  ['passes while the alert fires and asks for it', anAlertTrigger(), 'pass', 'asked'],
  ['holds an alert without the label', anAlertTrigger({ labels: { alertname: 'A' } }), 'hold', 'not_asked'],
  ['holds an alert whose label says something else', anAlertTrigger({ labels: { auto_rollback: 'True' } }), 'hold', 'not_asked'],
  ['holds an alert that has ended meanwhile', anAlertTrigger({ firing: false }), 'hold', 'recovered_by_itself'],
  ['passes when a person asks, whatever fires', aPerson(), 'pass', 'asked'],
] as const)('%s', (_, trigger, answer, reason) => {
  expect(asked.ask(aFacts({ trigger }))).toMatchObject({ answer, reason, endsAt: null })
})
