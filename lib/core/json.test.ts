import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { always } from '../testing/always.ts'
import { canonicalJson, type JsonValue, objectAt } from './json.ts'

test('the order of keys makes no difference, the order of lists does', () => {
  expect(canonicalJson({ b: 1, a: { d: [1, 2], c: null } })).toBe('{"a":{"c":null,"d":[1,2]},"b":1}')
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]))
})

test('it is JSON of the same value', () => {
  always(fc.jsonValue(), (value) => {
    expect(JSON.parse(canonicalJson(value as JsonValue))).toEqual(JSON.parse(JSON.stringify(value)))
  })
})

test.each<[string, JsonValue | undefined]>([
  ['nothing', undefined],
  ['null', null],
  ['a list', []],
  ['an object without the key', {}],
  ['an object with a text there', { labels: 'x' }],
  ['an object with a list there', { labels: [] }],
])('the object at a key of %s is an empty one', (_, value) => {
  expect(objectAt(value, 'labels')).toEqual({})
})
