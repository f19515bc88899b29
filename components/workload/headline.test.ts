import { expect, test } from 'vitest'
import type { RevisionStory, Revisions } from '../../lib/client/revisions.ts'
import { headlineOf } from './headline.ts'

const AT = Date.UTC(2026, 0, 5)

function aStory(number: number, overrides: Partial<RevisionStory> = {}): RevisionStory {
  return {
    revision: { uid: `rs-${number}`, hash: 'h', number, templateFingerprint: 't', materialFingerprint: 'm', images: [] },
    isCurrent: false,
    isThere: true,
    deployedAt: AT,
    source: 'watched',
    completedAt: AT,
    timesDeployed: 1,
    servedMs: 1,
    condemned: null,
    incidentIds: [],
    standing: 'good',
    ...overrides,
  }
}

const WHOLE: Revisions = { cluster: 'answers', exists: true, currentUid: 'rs-42', targetUid: 'rs-41', revisions: [aStory(42), aStory(41)] }

test.each<[string, Partial<Revisions>, object]>([
  [
    'what runs, since when, and that there is something good to go back to',
    {},
    { kind: 'runs', current: 42, since: AT, target: 'good', to: 41 },
  ],
  ['a target that is not known to be good', { revisions: [aStory(42), aStory(41, { standing: 'short' })] }, { target: 'any', to: 41 }],
  ['that there is no target', { targetUid: null }, { target: 'none', to: null }],
  ['that it is the first one', { targetUid: null, revisions: [aStory(42)] }, { target: 'first', to: null }],
  ['no time that nobody saw', { revisions: [aStory(42, { servedMs: null }), aStory(41)] }, { kind: 'runs', since: null }],
  ['what ran last while the cluster is silent', { cluster: 'silent', exists: null }, { kind: 'silent', current: 42 }],
  [
    'that nothing is known of it while the cluster is silent',
    { cluster: 'silent', exists: null, currentUid: null },
    { kind: 'silent', current: null },
  ],
  ['that it is gone', { exists: false, currentUid: null }, { kind: 'gone' }],
  ['that it is starting', { currentUid: null }, { kind: 'starting' }],
])('the headline tells %s', (_, revisions, expected) => {
  expect(headlineOf({ ...WHOLE, ...revisions })).toMatchObject(expected)
})
