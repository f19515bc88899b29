import { expect, type Page } from '@playwright/test'
import type { PolicyFields } from '../../lib/core/policy.ts'
import { expectAccessible } from './accessibility.ts'
import { test } from './story.ts'
import { thenFor } from './then.ts'
import { NAMESPACE } from './world.ts'

const PATH = `/policies/workloads/${NAMESPACE}/Deployment/api-gateway`
const HOUR = 3_600_000

const cooldown = (page: Page) => page.getByRole('group', { name: /Quiet time after a rollback/ })

test('an admin who changes a policy is told what is wrong beside its field, tries it on history, and overwrites nobody', async ({
  given,
  world,
}) => {
  const first = await given.person('admin', { at: PATH, isMotionReduced: true })
  const second = await given.person('admin', { at: PATH })
  const [mine, theirs] = [thenFor(first), thenFor(second)]
  const save = (page: Page) => page.getByRole('button', { name: 'Save for api-gateway' })
  const stored = () => world.api.get<{ fields: PolicyFields }>(`/api/workloads/${NAMESPACE}/Deployment/api-gateway/policy`)

  await cooldown(second.page).getByRole('button', { name: 'Set here' }).click()
  await cooldown(second.page).getByRole('textbox').fill('2 h')

  await cooldown(first.page).getByRole('button', { name: 'Set here' }).click()
  await expect(cooldown(first.page).getByRole('textbox'), 'one goes on where one was').toBeFocused()
  await cooldown(first.page).getByRole('textbox').fill('30')
  await save(first.page).click()
  await expect(cooldown(first.page).getByRole('alert')).toHaveText('Write a time with its unit, such as 30 min or 1h30m.')
  await expect(cooldown(first.page).getByRole('textbox')).toBeFocused()
  await expectAccessible(first.page, 'a policy with a wrong value')
  await cooldown(first.page).getByRole('textbox').fill('25 h')
  await expect(cooldown(first.page).getByRole('alert')).toHaveText('Between 0 and 1 d.')
  expect((await stored()).fields).toEqual({})

  await cooldown(first.page).getByRole('textbox').fill('1h30m')
  await expect(mine.card('What changes')).toContainText('For api-gateway in edgelink:')
  await expect(mine.card('What changes')).toContainText('Quiet time after a rollback: 20 s → 1 h 30 min')
  await mine.card('What changes').getByRole('button', { name: 'Last 14 days' }).click()
  await expect(mine.card('What changes')).toContainText(/Of \d+ decisions? in 14 days, /)
  await expect(mine.card('What changes').getByRole('link', { name: 'See all of it' })).toHaveAttribute(
    'href',
    /^\/replay\?days=14&namespace=edgelink&name=api-gateway&edit=/,
  )
  await expectAccessible(first.page, 'a policy that was tried')
  await mine.card('What changes').getByLabel('Reason').fill('It flaps')
  await save(first.page).click()
  await expect(mine.card('What changes').getByRole('status')).toContainText('Saved. It holds from now on.')
  expect((await stored()).fields).toEqual({ cooldownMs: 1.5 * HOUR })

  await expect(second.page.getByRole('alert').filter({ hasText: 'Someone changed this policy while you look at it.' })).toBeVisible()
  await theirs.card('What changes').getByLabel('Reason').fill('I was here first')
  await save(second.page).click()
  const told = second.page.getByRole('alert').filter({ hasText: 'Someone was faster. Nothing of yours was saved.' })
  await expect(told).toContainText('admin@edgelink.example')
  await expect(told).toContainText('It flaps')
  await expect(theirs.card('What changes'), 'what is shown is fresh').toContainText('1 h 30 min → 2 h')
  await expectAccessible(second.page, 'a policy that somebody else changed')
  expect((await stored()).fields).toEqual({ cooldownMs: 1.5 * HOUR })
  await save(second.page).click()
  await expect(theirs.card('What changes').getByRole('status')).toContainText('Saved.')
  expect((await stored()).fields).toEqual({ cooldownMs: 2 * HOUR })

  const viewer = await given.person('viewer', { at: PATH })
  await expect(viewer.page.getByText('Only an admin can change a policy. Your role is viewer')).toBeVisible()
  await expect(cooldown(viewer.page)).toContainText('2 h')
  await expect(viewer.page.getByRole('main').getByRole('textbox')).toHaveCount(0)
})

test('what was decided is replayed by other settings: the gate that makes the difference is named, and the address can be sent on', async ({
  given,
  world,
}) => {
  const { items } = await world.api.get<{ items: { outcome: string | null; id: string }[] }>('/api/incidents?limit=100')
  const incident = items.find(({ outcome }) => outcome === 'rolled_back')
  const operator = await given.person('operator', { at: `/incidents/${incident?.id}`, isMotionReduced: true })
  const { page } = operator
  await page.getByRole('link', { name: 'What would today’s policy decide?' }).click()
  const then = thenFor(operator)
  await expect(then.headline()).toContainText('the policy of today')
  await then.card('Try other settings').getByLabel('Add a setting').selectOption('Mode')
  await then.card('Try other settings').getByRole('combobox', { name: 'Mode' }).selectOption('suggest')
  await page.getByRole('button', { name: 'Replay with this setting' }).click()
  await expect(then.headline()).toContainText('the policy that you try proposes. As it was decided, Snapback rolls back.')
  await expect(then.card('What makes the difference')).toContainText('Automation may act')
  await expectAccessible(page, 'a replay')
  const colleague = await given.person('colleague', { at: new URL(page.url()).pathname + new URL(page.url()).search })
  await expect(thenFor(colleague).headline()).toContainText('the policy that you try proposes')
  await page.getByRole('link', { name: 'Policies on history' }).click()
  await then.card('Which decisions').getByRole('radio', { name: '14 days' }).click()
  await expect(then.headline()).toContainText(/Of \d+ decisions in 14 days/)
  await expect(page).toHaveURL(/\/replay\?days=14$/)
})
