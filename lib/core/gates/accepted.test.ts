import { expect, test } from 'vitest'
import { aFacts } from '../../testing/builders.ts'
import type { DryRunAnswer } from '../decision.ts'
import { accepted } from './accepted.ts'

const message = 'denied by policy'

test.each<[string, DryRunAnswer | null, string, string, object]>([
  ['passes when the API server takes the patch', { kind: 'accepted' }, 'pass', 'accepted', {}],
  ["holds when it refuses, with the server's words", { kind: 'refused', message }, 'hold', 'patch_refused', { message }],
  [
    'is inconclusive, with a reason of its own, where an admission webhook allows no dry run',
    { kind: 'no_dry_run', message },
    'inconclusive',
    'admission_without_dry_run',
    { message },
  ],
  [
    'is inconclusive when the caches were behind: the next answer is about what is there then',
    { kind: 'outdated', message },
    'inconclusive',
    'cache_behind',
    { message },
  ],
  [
    'is inconclusive when the API server does not answer',
    { kind: 'silent', message },
    'inconclusive',
    'source_silent',
    { source: 'kubernetes', message },
  ],
  ['is inconclusive when it was not asked', null, 'inconclusive', 'source_silent', { source: 'kubernetes' }],
])('%s', (_, dryRun, answer, reason, values) => {
  expect(accepted.ask(aFacts({ workload: { dryRun } }))).toEqual({ answer, reason, values, endsAt: null })
})

test('asks nothing where no workload was found', () => {
  expect(accepted.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
})
