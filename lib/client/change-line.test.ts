import { expect, test } from 'vitest'
import { diffTemplates } from '../core/template-diff.ts'
import { changeLine } from './change-line.ts'

const template = (container: object, more: object = {}) => ({
  metadata: { labels: { app: 'a', ...more } },
  spec: { containers: [{ name: 'main', ...container }] },
})

test.each<[string, object, object, [string, string | null, string | null]]>([
  ['an image', { image: 'a:1' }, { image: 'a:2' }, ['main image', 'a:1', 'a:2']],
  ['a variable by its name', { env: [{ name: 'LEVEL', value: 'info' }] }, { env: [] }, ['main LEVEL', 'info', null]],
  [
    'a field deep inside',
    { resources: { limits: { cpu: 1 } } },
    { resources: { limits: { cpu: 2 } } },
    ['main resources.limits.cpu', '1', '2'],
  ],
  ['a list as it stands', { args: ['a'] }, { args: ['b'] }, ['main args', '["a"]', '["b"]']],
])('a line names %s', (_, before, after, [path, was, is]) => {
  const lines = diffTemplates(template(before), template(after)).map(changeLine)
  expect(lines).toEqual([{ path, before: was, after: is, masked: false }])
})

test('outside of containers it names the place in the template', () => {
  const lines = diffTemplates(template({}), template({}, { tier: 'web' })).map(changeLine)
  expect(lines).toEqual([{ path: 'labels[tier]', before: null, after: 'web', masked: false }])
})
