import { expect, type Locator, type Page } from '@playwright/test'
import { until } from '../until.ts'
import type { Person } from './person.ts'

/** What a person sees. */
export function thenFor({ page }: Pick<Person, 'page'>) {
  return {
    /** One row of Now. */
    now: (workload: string): Locator => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: workload, exact: true }) }),
    headline: (): Locator => page.getByRole('heading', { level: 1 }),
    /** A card by its title. */
    card: (title: string | RegExp): Locator => page.getByRole('region', { name: title }),
    dialog: (): Locator => page.getByRole('dialog'),
    /** Automation, in the top bar of every page. */
    automation: (): Locator => page.getByRole('button', { name: /^Automation: / }),
    /** The strip below it, which names who and why. */
    strip: (): Locator => page.getByRole('region', { name: 'Automation' }),
    /** Whether what one sees is fresh. */
    liveness: (): Locator => page.locator('[data-liveness]'),
    tabIcon: (): Locator => page.locator('link[rel="icon"]'),
    overflowsNowhere: () => overflowsNowhere(page),
  }
}

/** No page is wider than its window. What is wider is named. */
async function overflowsNowhere(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const all = [...document.querySelectorAll<HTMLElement>('body *')].filter((one) => one.getBoundingClientRect().right > width + 1)
    return all.slice(-5).map((one) => `${one.tagName} ${one.className} ${one.textContent?.slice(0, 40)}`)
  })
  expect(wide, `${page.url()} at ${page.viewportSize()?.width} px`).toEqual([])
}

/** Waits for what only the cluster shows. */
export async function thenInTheCluster(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  await until(what, 30_000, async () => ((await isTrue()) ? true : null))
}
