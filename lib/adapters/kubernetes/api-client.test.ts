import { expect, test } from 'vitest'
import { messageOf, refusal } from './api-client.ts'

const FORBIDDEN =
  'deployments.apps is forbidden: User "system:serviceaccount:ops:snapback" cannot list resource "deployments" in API group "apps" at the cluster scope'

test.each([
  [403, FORBIDDEN, '403 deployments.apps is forbidden: cannot list resource "deployments" in API group "apps" at the cluster scope'],
  [
    400,
    'admission webhook "w" denied the request: https://bot:hunter2@hooks.example.test said no to Bearer abc.def',
    '400 admission webhook "w" denied the request: https://[redacted]@hooks.example.test said no to Bearer [redacted]',
  ],
  [422, 'spec.replicas: Invalid value', '422 spec.replicas: Invalid value'],
  [503, '', '503 Service Unavailable'],
])('the words of a %i are shown without our account and without credentials', (status, message, shown) => {
  expect(messageOf({ status, body: { message } })).toBe(shown)
})

test('a refused list says what is missing, and not whose right it would be', () => {
  const error = refusal({ verb: 'list', resource: 'deployments', path: '/' }, { status: 403, body: { message: FORBIDDEN } })
  expect(error.message).toContain('kubernetes: list deployments: 403')
  expect(error.message).not.toContain('serviceaccount')
})
