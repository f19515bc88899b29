import { expect } from '@playwright/test'
import { emailOf, PASSWORD } from './database.ts'
import { test } from './story.ts'
import { thenFor } from './then.ts'

test('signing in, the skip link and the control work with nothing but a keyboard', async ({ given }) => {
  const page = await given.stranger()
  const { dialog, automation } = thenFor({ page })
  await page.goto('/workloads')
  await expect(page, 'who is not signed in comes back to where they wanted to go').toHaveURL(/\/sign-in\?/)
  await page.getByLabel('E-mail').focus()
  await page.keyboard.type(emailOf('operator'))
  await page.keyboard.press('Tab')
  await page.keyboard.type('not the password')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('do not belong together')
  await page.getByLabel('Password').fill('')
  await page.getByLabel('Password').focus()
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/workloads$/)

  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#content')).toBeFocused()

  await automation().focus()
  await page.keyboard.press('Enter')
  await expect(dialog()).toBeVisible()
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab')
    expect(await dialog().evaluate((one) => one.contains(document.activeElement)), 'focus stays inside').toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(dialog()).toBeHidden()
  await expect(automation(), 'focus is back where it was').toBeFocused()
})
