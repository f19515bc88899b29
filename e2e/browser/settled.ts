import { expect, type Page } from '@playwright/test'

/** A preflight asks the cluster, and whoever takes pictures does so on a busy machine. */
const PATIENCE = { timeout: 30_000 }

/** Until a page's data is there: one heading says what it is about, and nothing is on its way. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }), page.url()).toHaveCount(1, PATIENCE)
  await expect(page.locator('[aria-busy="true"]'), page.url()).toHaveCount(0, PATIENCE)
}
