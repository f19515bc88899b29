import { expect } from '@playwright/test'
import { test } from './story.ts'
import { thenFor, thenInTheCluster } from './then.ts'

test('a person rolls back by hand while automation is paused and Prometheus and Alertmanager are down', async ({ given, when }) => {
  const operator = await given.person('operator')
  const { page } = operator
  const { automation, dialog, headline, card } = thenFor(operator)
  await automation().click()
  await dialog().getByRole('button', { name: 'Pause', exact: true }).click()
  await dialog().getByLabel('Reason').fill('We look ourselves')
  await dialog().getByRole('button', { name: 'Pause the whole cluster' }).click()
  await when.observabilityGoes('down')
  try {
    await page.getByRole('link', { name: 'Workloads' }).first().click()
    await page.getByRole('link', { name: 'catalog edgelink' }).click()
    await expect(headline()).toContainText('catalog')
    await page.getByRole('link', { name: 'Roll back to 1…' }).click()
    await expect(headline()).toContainText('Roll catalog back to revision 1?')
    await expect(page.getByText('Automation is paused. A rollback by hand works all the same.')).toBeVisible()
    await expect(card('What changes')).toContainText('1.4.0')
    await expect(card('Preflight')).toContainText('the API server takes the patch (asked as a dry run)')
    const button = page.getByRole('button', { name: 'Roll back catalog to revision 1' })
    await button.click()
    await expect(page.getByText('Say why.')).toBeVisible()
    await page.getByLabel('Reason').fill('Partners report wrong prices')
    await button.click()

    await expect(page).toHaveURL(/\/rollbacks\//)
    await expect(headline()).toContainText('operator@edgelink.example asked for it: “Partners report wrong prices”.')
    await expect(page.getByText('Verifying').first()).toBeVisible()
    await thenInTheCluster('the chosen version to run', async () => (await when.imageOf('catalog')).endsWith(':1.4.0'))
    await expect(card('Timeline')).toContainText('The rollout of revision 1 is complete.')
  } finally {
    await when.observabilityGoes('up')
  }
})
