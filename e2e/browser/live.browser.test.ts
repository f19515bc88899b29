import { expect } from '@playwright/test'
import { test } from './story.ts'
import { thenFor } from './then.ts'

test('a page that loses the server says so, and shows what changed meanwhile as soon as it is back', async ({ given, when }) => {
  const viewer = await given.person('viewer')
  const { liveness, automation } = thenFor(viewer)
  await expect(liveness()).toHaveText('Live')
  await expect(automation()).toContainText('Acting')
  await when.applicationStops()
  await expect(liveness()).toHaveText('Reconnecting')
  await expect(automation(), 'what was seen stays').toContainText('Acting')

  await when.applicationIsBack({ DRY_RUN: 'true' })
  await expect(liveness()).toHaveText('Live')
  await expect(automation()).toContainText('Dry run')
  await when.applicationIsBack()
})

test('what a colleague changes shows at once, without a reload', async ({ given, world }) => {
  const viewer = await given.person('viewer', { at: '/workloads' })
  const { liveness, strip } = thenFor(viewer)
  await expect(liveness()).toHaveText('Live')
  await expect(strip()).toBeHidden()
  const pause = { action: 'pause', scope: { level: 'cluster' }, reason: 'Database upgrade' }
  await world.api.send('POST', '/api/control', pause)
  await expect(strip()).toContainText('Database upgrade', { timeout: 3_000 })
})
