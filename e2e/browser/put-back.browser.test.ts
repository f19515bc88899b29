import { expect } from '@playwright/test'
import { test } from './story.ts'
import { thenFor, thenInTheCluster } from './then.ts'

test('a bad deploy is put back by itself, and one page says what, why, whether it helped and what to do', async ({ given, when }) => {
  const operator = await given.person('operator')
  const { now, headline, card, tabIcon } = thenFor(operator)
  await when.deploys('payments', 'errors')

  await expect(now('payments')).toContainText('EdgeLinkHighErrorRate')
  await expect(operator.page).toHaveTitle(/^\(\d\) Now · Snapback$/)
  await expect(tabIcon()).toHaveAttribute('href', '/icon-open.svg')
  await now('payments').getByRole('link', { name: 'payments' }).click()
  await expect(headline()).toContainText('payments went back to revision 2: ')
  await expect(headline()).toContainText('of requests failed after revision 3 was deployed.')
  await expect(headline()).toContainText('It helped.')
  await thenInTheCluster('the good version to run', async () => (await when.imageOf('payments')).endsWith(':1.5.0'))

  await expect(card(/^Why: \d+ gates passed$/)).toContainText('A deploy explains it')
  await expect(card('Timeline')).toContainText('Revision 3 was deployed.')
  await expect(card('Timeline')).toContainText('The API server accepted the patch')
  await expect(card('Timeline')).toContainText('The rollback succeeded.')
  await expect(card('What going back from 3 to 2 changes')).toContainText('1.6.0-errors')
  await expect(card('What else changed')).toContainText('Shown, not decided by')
  await expect(card('What else changed')).toContainText('Traffic')
  await expect(card('What to do next')).toContainText('before deploying it again')
  await expect(operator.page.getByText(/^Mitigated in \d+/)).toBeVisible()
  await expect(operator.page.getByText('Put back', { exact: true }).first()).toBeVisible()

  await expect(operator.page, 'the tab is quiet again').not.toHaveTitle(/^\(/)
  await expect(tabIcon()).toHaveAttribute('href', '/icon.svg')
})
