import { expect, test } from 'vitest'
import { z } from 'zod'
import { ofWorkload, workloadFilter } from './workload-filter.ts'

const query = z.object(workloadFilter).transform(ofWorkload)

test('namespace and name together name a workload', () => {
  expect(query.parse({ namespace: 'shop', name: 'checkout' })).toEqual({
    workload: { namespace: 'shop', kind: 'Deployment', name: 'checkout' },
  })
})

test('without both, every workload is meant', () => {
  expect(query.parse({})).toEqual({ workload: null })
})

test.each([
  ['name', { namespace: 'shop' }],
  ['namespace', { name: 'checkout' }],
])('one without the other is refused, naming the missing %s', (missing, given) => {
  const refused = query.safeParse(given)
  expect(refused.error?.issues.map((issue) => issue.path)).toEqual([[missing]])
})
