import { expect, test } from 'vitest'
import { redactLines, redactText } from './redact-text.ts'
import { holdsSecret } from './secret-text.ts'

test.each([
  ['GET /orders 500 in 12 ms', 'GET /orders 500 in 12 ms'],
  ['connect to postgres://shop:hunter2@db:5432/shop failed', 'connect to postgres://•••@db:5432/shop failed'],
  ['connect to postgres://shop:hun@ter2@db:5432/shop failed', 'connect to postgres://•••@db:5432/shop failed'],
  ['exec: worker --db-token hunter2 --pool 2', 'exec: worker --db-token ••• --pool 2'],
  ['sent Authorization: Bearer abc.def-123 to auth', 'sent Authorization: Bearer ••• to auth'],
  ['level=info db_password=hunter2 pool=2', 'level=info db_password=••• pool=2'],
  ['{"apiKey": "hunter2", "user": 7}', '{"apiKey": •••, "user": 7}'],
  ['used AKIAIOSFODNN7EXAMPLE for s3', 'used ••• for s3'],
  ['dsn shop:hunter2@tcp(db)/shop', '•••'],
])('of a log line: %s', (line, expected) => {
  expect(redactLines([line])).toEqual([expected])
})

test('no line of a private key is shown, the lines around it are', () => {
  const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEpAIBAAKCAQEA', '-----END RSA PRIVATE KEY-----']
  expect(redactLines(['loading', ...key, 'loaded'])).toEqual(['loading', '•••', '•••', '•••', 'loaded'])
})

test('nor one of a key that began before the lines that were read', () => {
  const rest = ['MIIEpAIBAAKCAQEA', '-----END PRIVATE KEY-----', 'loaded']
  expect(redactLines(rest)).toEqual(['•••', '•••', 'loaded'])
  expect(redactLines(['loading', 'key="-----BEGIN PRIVATE KEY-----MIIE-----END PRIVATE KEY-----"'])).toEqual(['loading', '•••'])
})

test('a password that holds an @ leaves no half of it in a log line', () => {
  expect(redactText('GET http://me:hun@ter2@prometheus:9090/api failed')).toBe('GET http://[redacted]@prometheus:9090/api failed')
})

// A pattern that begins anew at every character would take minutes for these, and the process with it.
test.each(['a', '-', 'a+b/'])('of a long text of %j the secret at its end is masked', (text) => {
  const line = `${text.repeat(100_000 / text.length)} password=hunter2`
  expect(redactLines([line])[0]?.endsWith(' password=•••')).toBe(true)
  expect(holdsSecret(line)).toBe(true)
})
