import { expect } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { test } from './story.ts'
import { thenFor } from './then.ts'

test('where there is nothing to go back to, nothing is done, and the gate that holds says so', async ({ given, when }) => {
  const operator = await given.person('operator', { isMotionReduced: true })
  const { now, headline, card } = thenFor(operator)
  const bad = await when.deploys('search', 'errors')
  await when.oldRevisionsAreRemoved('search')

  await expect(card('Open, nothing done')).toContainText('There is no other revision to go back to.')
  await expectAccessible(operator.page, 'Now with an open incident')
  await now('search').getByRole('link', { name: 'search' }).click()
  await expect(headline()).toContainText('There is no other revision to go back to.')
  const gates = card(/^Why: .*holds?$/)
  await expect(gates.getByRole('listitem').filter({ hasText: 'Good target' })).toContainText('There is no other revision to go back to.')
  await expect(card('What to do next')).toContainText('Look at the pods')
  await expectAccessible(operator.page, 'an open incident that is held')
  expect(await when.imageOf('search'), 'nothing was changed').toBe(bad)
  await when.deploys('search', null)
  await expect(headline()).toContainText('search recovered by itself')
})
