import { expect } from '@playwright/test'
import { test } from './story.ts'
import { thenFor } from './then.ts'

for (const path of [
  '/nowhere',
  '/incidents/0f0f0f0f-0000-4000-8000-000000000000',
  '/rollbacks/17',
  '/replay/0f0f0f0f-0000-4000-8000-000000000000',
  '/workloads/edgelink/Deployment/none',
]) {
  test(`${path} leads nowhere: the page says so, among the other pages, and leads on`, async ({ given }) => {
    const viewer = await given.person('viewer', { at: path })
    const { headline, automation } = thenFor(viewer)
    await expect(headline()).toHaveText('There is no page here')
    await expect(automation()).toContainText('Acting')
    await viewer.page.getByRole('link', { name: 'Go to Now' }).click()
    await expect(viewer.page).toHaveURL(/\/$/)
  })
}
