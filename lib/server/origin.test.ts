import { expect, test } from 'vitest'
import { requireOwnOrigin } from './origin.ts'

const PUBLIC = 'https://snapback.example/base'

const check = (headers: Record<string, string>) => () => requireOwnOrigin(new Headers(headers), PUBLIC)

test.each<[string, Record<string, string>]>([
  ['the public address', { origin: 'https://snapback.example' }],
  ['the host that was asked', { origin: 'http://localhost:3000', host: 'localhost:3000' }],
  ['a browser that leaves the origin out', { 'sec-fetch-site': 'same-origin' }],
])('%s is ours', (_case, headers) => {
  expect(check(headers)).not.toThrow()
})

test.each<[string, Record<string, string>]>([
  ['another site', { origin: 'https://evil.example', host: 'snapback.example' }],
  ['another site that claims to be the same', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ['another port', { origin: 'http://localhost:4000', host: 'localhost:3000' }],
  ['a name that ends like ours', { origin: 'https://evilsnapback.example', host: 'snapback.example' }],
  ['an opaque origin', { origin: 'null', host: 'null' }],
  ['a sibling under the same site', { 'sec-fetch-site': 'same-site' }],
  ['nothing at all', { host: 'snapback.example' }],
])('%s is not', (_case, headers) => {
  expect(check(headers)).toThrow(expect.objectContaining({ code: 'forbidden' }))
})
