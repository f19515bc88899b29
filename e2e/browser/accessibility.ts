import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Not one violation, best practices included. What is wrong is told as rule, element and why. */
export async function expectAccessible(page: Page, what = page.url()): Promise<void> {
  await report(new AxeBuilder({ page }), what)
}

/** What does not depend on colours is looked at once. The theme is switched as the account's menu does. */
export async function expectAccessibleInBothThemes(page: Page, what: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await report(new AxeBuilder({ page }), `${what}, light`)
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'dark'
  })
  await report(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']), `${what}, dark`)
}

async function report(axe: AxeBuilder, what: string): Promise<void> {
  const { violations } = await axe.analyze()
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary}`),
  )
  expect(told, what).toEqual([])
}
