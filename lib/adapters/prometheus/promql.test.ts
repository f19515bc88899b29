import { describe, expect, it } from 'vitest'
import { equals, maxBy } from './promql.ts'
import { parsePromql, unquote } from './syntax.ts'

const HOSTILE = [
  'plain',
  'a "quoted" b',
  'back\\slash',
  'ends with \\',
  'two\nlines\r',
  '设备服务',
  '"} or vector(1) #',
  '{{ $value }}',
  '',
]

describe('PromQL made from values', () => {
  it.each(HOSTILE)('keeps %j inside its string', (value) => {
    const matcher = equals('service', value)
    const selector = parsePromql(`x{${matcher}}`)
    expect(selector?.kind).toBe('VectorSelector')
    expect(unquote(matcher.slice('service='.length))).toBe(value)
  })

  it.each(['a-b', '服务', 'a"b', '1a', ''])('refuses %j as a label’s name', (name) => {
    expect(() => equals(name, 'x')).toThrow(RangeError)
  })

  it('leaves names out of a group that are none', () => {
    expect(maxBy(['b', 'a', 'a', 'x) or (y', '服务'], 'z')).toBe('max by (a, b) (z)')
    expect(maxBy(['服务'], 'z')).toBe('max(z)')
  })
})
