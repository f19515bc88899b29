import { expect, it } from 'vitest'
import { listWorkloads } from './workload.ts'

it.each([
  ['check', true],
  ['Check Out', true],
  ['check\0', false],
  [' ', false],
])('a search for %j is taken: %s', (search, isTaken) => {
  expect(listWorkloads.query.safeParse({ search }).success).toBe(isTaken)
})
