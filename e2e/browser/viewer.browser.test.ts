import { expect } from '@playwright/test'
import { test } from './story.ts'
import { thenFor } from './then.ts'

test('a viewer sees everything, is offered nothing that would be refused, and is refused where it counts', async ({ given, world }) => {
  const viewer = await given.person('viewer')
  const { page } = viewer
  const { automation, dialog, headline } = thenFor(viewer)
  await automation().click()
  await expect(dialog()).toContainText('Operators and admins can change this. Your role is viewer.')
  await expect(dialog().getByRole('button', { name: /Pause|Turn dry run/ })).toHaveCount(0)
  await page.keyboard.press('Escape')

  const workload = '/workloads/edgelink/Deployment/checkout'
  await viewer.visits(workload)
  await expect(headline()).toContainText('checkout')
  await expect(page.getByRole('button', { name: /^Pause/ })).toHaveCount(0)
  await viewer.visits(`${workload}/roll-back`)
  await expect(page.getByText('Only operators can roll back.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Roll back|^Simulate/ })).toHaveCount(0)

  const asked = { workload: { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' }, reason: 'because I can' }
  const refused = await page.request.post('/api/rollbacks', { data: asked, headers: { origin: world.url } })
  expect(refused.status()).toBe(403)
})
