import { expect, type Page } from '@playwright/test'

/** Until a page's data is there: one heading says what it is about, and nothing is on its way. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }), page.url()).toHaveCount(1)
  await expect(page.locator('[aria-busy="true"]'), page.url()).toHaveCount(0)
}
