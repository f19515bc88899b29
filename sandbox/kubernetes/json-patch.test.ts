import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../lib/core/json.ts'
import { ApiError } from './api-error.ts'
import { applyJsonPatch } from './json-patch.ts'
import { mergePatch } from './merge-patch.ts'

/** Most are the examples of RFC 6902, appendix A. */
describe('a JSON Patch', () => {
  it.each<[string, JsonValue, JsonValue, JsonValue]>([
    ['adds a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { foo: 'bar', baz: 'qux' }],
    ['adds an element', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    ['appends an element', { foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['abc'] }], { foo: ['bar', ['abc']] }],
    ['removes a member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    ['removes an element', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
    ['replaces a value', { baz: 'qux', foo: 'bar' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo', foo: 'bar' }],
    ['replaces an element', { foo: [{ a: 1 }] }, [{ op: 'replace', path: '/foo/0/a', value: 2 }], { foo: [{ a: 2 }] }],
    ['unescapes keys', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    [
      'tests values deeply',
      { a: { b: [1, { c: 2 }] } },
      [{ op: 'test', path: '/a', value: { b: [1, { c: 2 }] } }],
      { a: { b: [1, { c: 2 }] } },
    ],
    ['takes null for nothing', { a: 1 }, [{ op: 'test', path: '/b', value: null }], { a: 1 }],
    [
      'takes its steps in order',
      {},
      [
        { op: 'add', path: '/a', value: {} },
        { op: 'add', path: '/a/b', value: 1 },
      ],
      { a: { b: 1 } },
    ],
  ])('%s', (_, document, patch, expected) => {
    expect(applyJsonPatch(document, patch)).toEqual(expected)
  })

  it.each<[string, JsonValue]>([
    ['a test that fails', [{ op: 'test', path: '/baz', value: 'bar' }]],
    ['a test of what is not there', [{ op: 'test', path: '/nobody', value: 'bar' }]],
    ['a test that takes a number for a text', [{ op: 'test', path: '/ten', value: '10' }]],
    ['an add to a parent that is not there', [{ op: 'add', path: '/nobody/bat', value: 'qux' }]],
    ['a replace of what is not there', [{ op: 'replace', path: '/nobody', value: 1 }]],
    ['a remove of what is not there', [{ op: 'remove', path: '/nobody' }]],
    ['an element beyond the end', [{ op: 'add', path: '/list/3', value: 1 }]],
    ['an operation that is none', [{ op: 'bogus', path: '/baz' }]],
    ['a path that is no pointer', [{ op: 'remove', path: 'baz' }]],
  ])('is refused for %s, and leaves what was given alone', (_, patch) => {
    const document = { baz: 'qux', ten: 10, list: [1] }
    const failure = catchError(() => applyJsonPatch(document, [{ op: 'add', path: '/new', value: 1 }, ...(patch as JsonValue[])]))
    expect(failure).toBeInstanceOf(ApiError)
    expect((failure as ApiError).status).toMatchObject({ code: 422, reason: 'Invalid' })
    expect(document).toEqual({ baz: 'qux', ten: 10, list: [1] })
  })

  it('that is no array is a bad request', () => {
    expect(catchError(() => applyJsonPatch({}, { op: 'add' }))).toMatchObject({ code: 400 })
  })
})

/** The examples of RFC 7386, appendix A. */
describe('a merge patch', () => {
  it.each<[JsonValue, JsonValue, JsonValue]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j by %j gives %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected)
  })
})

function catchError(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
