import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { API } from './api.ts'
import type { Operation } from './operation.ts'

interface Call {
  method: string
  path: string
  query: Record<string, string>
  body: unknown
}

/** The `api …` lines of a page: `api [-X METHOD] $SNAPBACK/path [-d 'JSON']`, in quotes where there is a query. */
function callsOf(page: string): Call[] {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^ +api (?:-X (\w+) )?"?\$SNAPBACK(\/[^\s"]+)"?(?: -d '(.*)')?$/gm)].map(([, method, path = '', body]) => ({
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    path: path.split('?')[0] ?? '',
    query: Object.fromEntries(new URLSearchParams(path.split('?')[1])),
    body: body === undefined ? undefined : JSON.parse(body),
  }))
}

function operationOf({ method, path }: Call): Operation | undefined {
  return API.find((operation) => operation.method === method && new RegExp(`^${operation.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path))
}

describe.each([
  ['docs/api.md', 25],
  ['README.md', 3],
])('%s', (page, count) => {
  const calls = callsOf(page)

  test('shows calls', () => {
    expect(calls).toHaveLength(count)
  })

  test.each(calls)('shows a call that is taken as it stands: $method $path', (call) => {
    const operation = operationOf(call)
    expect(operation, 'no such route').toBeDefined()
    expect(operation?.query?.safeParse(call.query).error?.issues ?? []).toEqual([])
    expect(operation?.body?.safeParse(call.body).error?.issues ?? []).toEqual([])
  })
})
