import { expect, test } from 'vitest'
import { aCandidate } from '../testing/builders.ts'
import { preflightWarnings } from './preflight.ts'
import { diffTemplates } from './template-diff.ts'

const template = (image: string, stamp = 'a') => ({
  metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': stamp } },
  spec: { containers: [{ name: 'main', image }] },
})
const PLAIN: Parameters<typeof preflightWarnings>[0] = {
  to: aCandidate(),
  changes: diffTemplates(template('a:2'), template('a:1')),
  references: { configMaps: [], secrets: [] },
  annotations: {},
}
const codes = (seen: Partial<typeof PLAIN>) => preflightWarnings({ ...PLAIN, ...seen }).map(({ code }) => code)

test('replicas stay as they are: that is said of every rollback', () => {
  expect(codes({})).toEqual(['replicas_untouched'])
})

test.each<[string, Partial<typeof PLAIN>]>([
  ['target_condemned', { to: aCandidate({ condemned: true }) }],
  ['only_stamps_differ', { changes: diffTemplates(template('a:1', 'a'), template('a:1', 'b')) }],
  ['config_not_undone', { references: { configMaps: ['settings'], secrets: [] } }],
  ['last_applied_configuration', { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '' } }],
])('warns of %s', (code, seen) => {
  expect(codes(seen)).toContain(code)
})

test('names what is not undone', () => {
  const warnings = preflightWarnings({ ...PLAIN, references: { configMaps: ['settings'], secrets: ['keys'] } })
  expect(warnings[0]).toEqual({ code: 'config_not_undone', names: ['settings', 'keys'] })
})
