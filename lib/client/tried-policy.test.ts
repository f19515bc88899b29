import { expect, it } from 'vitest'
import type { TriedPolicy } from './replay.ts'
import { readTried, writeTried } from './tried-policy.ts'

it('what is tried out comes back from an address as it was', () => {
  const policy: TriedPolicy = {
    fields: {
      cooldownMs: 60_000,
      freeze: [{ kind: 'once', startsAt: Date.UTC(2026, 11, 24), endsAt: Date.UTC(2026, 11, 27), reason: 'x' }],
    },
    scope: { level: 'namespace', namespace: 'shop' },
  }
  expect(readTried(writeTried(policy))).toEqual(policy)
})

it('a scope that would set nothing is something to try', () => {
  const policy: TriedPolicy = { fields: {}, scope: { level: 'cluster' } }
  expect(readTried(writeTried(policy))).toEqual(policy)
})

it.each([null, '', '{', '{}', '{"fields":{"cooldownMs":-1},"scope":null}', '{"fields":{},"scope":null}'])('%s tries nothing', (text) => {
  expect(readTried(text)).toBeNull()
})
