import { expect } from '@playwright/test'
import { test } from './story.ts'
import { thenFor, thenInTheCluster } from './then.ts'

test('who owns a workload is named with what comes next; after a rollback source and cluster differ until something else is deployed', async ({
  given,
  when,
}) => {
  await given.helmOwns('returns', 'shop')
  const operator = await given.person('operator', { at: '/workloads/edgelink/Deployment/returns' })
  const { page } = operator
  const { headline, card } = thenFor(operator)
  const row = page
    .getByRole('listitem')
    .or(page.getByRole('row'))
    .filter({ has: page.getByRole('link', { name: 'returns edgelink' }) })
  await expect(page.getByText('Helm release edgelink/shop manages returns.')).toBeVisible()
  await expect(page.getByText('An undo holds until the next upgrade.')).toBeVisible()
  await expect(page.getByText('helm rollback shop -n edgelink')).toBeVisible()
  await expect(page.getByText('Source and cluster differ')).toHaveCount(0)

  await page.getByRole('link', { name: 'Roll back to 1…' }).click()
  await expect(page.getByText('Helm release edgelink/shop manages returns.')).toBeVisible()
  await page.getByLabel('Reason').fill('Refunds are booked twice')
  await page.getByRole('button', { name: 'Roll back returns to revision 1' }).click()
  await expect(headline()).toContainText('Refunds are booked twice')
  await thenInTheCluster('the chosen version to run', async () => (await when.imageOf('returns')).endsWith(':1.4.0'))
  await expect(card('Timeline')).toContainText('The rollout of revision 1 is complete.')

  await operator.visits('/workloads')
  await expect(row.first()).toContainText('Drift')
  await operator.visits('/workloads/edgelink/Deployment/returns')
  await expect(page.getByText(/^Source and cluster differ: the cluster went back to/)).toBeVisible()

  await when.deploys('returns', null)
  await expect(page.getByText(/^Source and cluster differ: the cluster went back to/)).toHaveCount(0)
  await operator.visits('/workloads')
  await expect(row.first()).toBeVisible()
  await expect(row.first()).not.toContainText('Drift')
})
