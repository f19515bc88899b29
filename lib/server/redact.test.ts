import { expect, test } from 'vitest'
import { upstreamError } from '../core/errors.ts'
import { redactText } from '../core/redact-text.ts'
import { redact } from './redact.ts'

test.each(['authorization', 'Cookie', 'set-cookie', 'password', 'passwordHash', 'clientSecret', 'token', 'apiKey'])(
  'a field named %s is a secret, at any depth',
  (name) => {
    expect(redact({ deep: [{ [name]: 'value' }] })).toEqual({ deep: [{ [name]: '[redacted]' }] })
  },
)

test('that there is none is no secret', () => {
  expect(redact({ token: null })).toEqual({ token: null })
})

test.each([
  ['connect to postgres://user:pass@db:5432/x failed', 'connect to postgres://[redacted]@db:5432/x failed'],
  ['http://admin:p%40ss@prometheus/api', 'http://[redacted]@prometheus/api'],
  ['sent Authorization: Bearer abc.def-123', 'sent Authorization: Bearer [redacted]'],
  ['Basic dXNlcjpwYXNz', 'Basic [redacted]'],
  ['token snap_abcDEF-123_x was used', 'token snap_[redacted] was used'],
  ['http://prometheus:9090/api?q=a@b', 'http://prometheus:9090/api?q=a@b'],
])('in texts: %s', (text, expected) => {
  expect(redactText(text)).toBe(expected)
})

test('an error keeps what tells what happened, with its cause, and no more', () => {
  const cause = Object.assign(new Error('connect http://u:p@host'), { code: 'ECONNREFUSED', config: { headers: { x: 1 } } })
  const { error } = redact({ error: upstreamError('prometheus', 'no answer', cause) }) as { error: Record<string, unknown> }
  expect(error).toEqual({
    name: 'SnapbackError',
    message: 'prometheus: no answer',
    code: 'upstream_unavailable',
    stack: expect.stringContaining('prometheus: no answer'),
    cause: { name: 'Error', message: 'connect http://[redacted]@host', code: 'ECONNREFUSED', stack: expect.any(String) },
  })
})

test('what holds itself is cut off', () => {
  const ring: Record<string, unknown> = {}
  ring['next'] = ring
  expect(JSON.stringify(redact(ring))).toContain('[deeper]')
})

test('a bigint can be written', () => {
  expect(JSON.stringify(redact({ generation: 5n }))).toBe('{"generation":"5"}')
})
