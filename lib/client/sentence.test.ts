import { describe, expect, it } from 'vitest'
import { argumentsOf, type Sayings, sayValue, sayValues } from './sentence.ts'

const SAY: Sayings = {
  duration: (ms) => `${ms / 1_000} s`,
  clock: (at) => new Date(at).toISOString().slice(11, 16),
  list: (items) => items.join(' and '),
  scope: (level, { namespace, name }) => [level, namespace, name].filter((part) => part !== '').join(' '),
  yes: 'yes',
  no: 'no',
  nothing: '–',
}

describe('a value is said', () => {
  it.each([
    ['sinceDeployMs', 31_000, '31 s'],
    ['onsetAt', Date.UTC(2026, 0, 5, 10, 2), '10:02'],
    ['until', Date.UTC(2026, 0, 5, 12), '12:00'],
    ['generation', 7, '7'],
    ['target', { uid: 'u', number: 41 }, '41'],
    ['workload', 'edgelink/Deployment/checkout', 'edgelink/checkout'],
    ['workload', { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' }, 'checkout'],
    ['candidates', ['shop/Deployment/a', 'shop/Deployment/b'], 'shop/a and shop/b'],
    ['tried', [], '–'],
    ['scope', 'cluster', 'cluster'],
    ['scope', 'namespace/shop', 'namespace shop'],
    ['scope', 'workload/shop/Deployment/checkout', 'workload shop checkout'],
    ['dryRun', true, 'yes'],
    ['message', null, '–'],
    ['via', 'label exported_pod', 'label exported_pod'],
  ])('%s %j as %s', (name, value, said) => expect(sayValue(name, value, SAY)).toBe(said))
})

it('a sentence gets a word for every value that it names, given or not', () => {
  expect(sayValues('{workload} was found by {via}.', { via: 'pod', other: 1 }, SAY)).toEqual({ workload: '–', via: 'pod' })
})

it.each([
  ['{count, plural, one {# rollback of {name}} other {# rollbacks}} by {who}', ['count', 'name', 'who']],
  ['auto_rollback="true"', []],
])('of %j the values are %j', (text, names) => expect(argumentsOf(text)).toEqual(names))
