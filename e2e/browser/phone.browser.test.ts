import { expect } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { test } from './story.ts'
import { thenFor, thenInTheCluster } from './then.ts'

test('on a phone a proposal is seen, understood and approved with a thumb', async ({ given, when }) => {
  await given.policyOf('orders', { mode: 'suggest' })
  const operator = await given.person('operator', { phone: 390, isMotionReduced: true })
  const { page } = operator
  const { card, now, headline, dialog, overflowsNowhere } = thenFor(operator)
  await when.deploys('orders', 'errors')

  await expect(card('Waits for a yes')).toContainText('revision 3 to 2')
  await overflowsNowhere()
  await now('orders').getByRole('link', { name: 'orders' }).tap()
  await expect(headline()).toContainText('orders would go back to revision 2: ')
  await expect(headline()).toContainText('It waits for a yes.')
  await overflowsNowhere()
  await expectAccessible(page, 'a proposal on a phone')
  const approve = page.getByRole('button', { name: 'Roll back to 2', exact: true })
  await expect(approve).toBeInViewport()
  expect((await approve.boundingBox())?.height, 'a thumb needs 44 px').toBeGreaterThanOrEqual(44)
  await approve.tap()
  await expectAccessible(page, 'the dialog that approves, on a phone')
  await overflowsNowhere()
  await dialog().getByLabel('Reason').fill('Agreed')
  await dialog().getByRole('button', { name: 'Roll back orders to revision 2' }).tap()
  await expect(headline()).toContainText('orders went back to revision 2')
  await thenInTheCluster('the good version to run', async () => (await when.imageOf('orders')).endsWith(':1.5.0'))
})
