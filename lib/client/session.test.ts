import { expect, it } from 'vitest'
import { resultOf } from './session.ts'

const PROBLEM = { type: 'urn:x', title: 'Internal error', status: 500, detail: 'x', instance: '/', requestId: 'r-17' }

it.each([
  ['a session', Response.json({ url: '/' }), { kind: 'signed-in' }],
  ['a wrong password', Response.json({ url: '/' }, { status: 401 }), { kind: 'wrong' }],
  ['a crowd', Response.json(PROBLEM, { status: 429, headers: { 'retry-after': '5' } }), { kind: 'too-many' }],
  [
    'a locked address',
    Response.json(PROBLEM, { status: 429, headers: { 'retry-after': '900' } }),
    { kind: 'locked', retryAfterMs: 900_000 },
  ],
  ['a database that is away', Response.json(PROBLEM, { status: 503 }), { kind: 'database' }],
  ['our own mistake', Response.json(PROBLEM, { status: 500 }), { kind: 'failed', requestId: 'r-17' }],
  ['a proxy in between', new Response('<html>', { status: 502 }), { kind: 'failed', requestId: '–' }],
])('%s is told apart', async (_, response, result) => expect(await resultOf(response)).toEqual(result))
