import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { API } from './api.ts'
import type { Operation } from './operation.ts'

interface Call {
  method: string
  path: string
  body: unknown
}

/** The `api …` lines of a page: `api [-X METHOD] $SNAPBACK/path [-d 'JSON']`. */
function callsOf(page: string): Call[] {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^ +api (?:-X (\w+) )?\$SNAPBACK(\/\S+)(?: -d '(.*)')?$/gm)].map(([, method, path = '', body]) => ({
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    path,
    body: body === undefined ? undefined : JSON.parse(body),
  }))
}

function operationOf({ method, path }: Call): Operation | undefined {
  return API.find((operation) => operation.method === method && new RegExp(`^${operation.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path))
}

describe.each([
  ['docs/api.md', 12],
  ['README.md', 3],
])('%s', (page, count) => {
  const calls = callsOf(page)

  test('shows calls', () => {
    expect(calls).toHaveLength(count)
  })

  test.each(calls)('shows a call that is taken as it stands: $method $path', (call) => {
    const operation = operationOf(call)
    expect(operation, 'no such route').toBeDefined()
    expect(operation?.body?.safeParse(call.body).error?.issues ?? []).toEqual([])
  })
})
