import { expect, type Page } from '@playwright/test'
import { expectAccessibleInBothThemes } from './accessibility.ts'
import { everyPage } from './pages.ts'
import { settled } from './settled.ts'
import { test } from './story.ts'
import { thenFor } from './then.ts'

const SCREEN = { width: 1280, height: 900 }
const PHONES = [390, 360].map((width) => ({ width, height: 844 }))

const LANGUAGES = { en: 'English', zh: 'Chinese' } as const
const PARTS = ['what happened', 'policies and replays'] as const

for (const language of ['en', 'zh'] as const) {
  for (const part of PARTS) {
    test(`every page of ${part} in ${LANGUAGES[language]} is accessible, light and dark, fits a phone, and stands still where that is asked for`, async ({
      given,
      world,
    }) => {
      const looks = { theme: 'light', language, isMotionReduced: true } as const
      const people = { operator: await given.person('operator', looks), admin: await given.person('admin', looks) }
      const refused = Object.values(people).map(({ page }) => refusedByPolicy(page))
      await expect(people.operator.page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`))
      for (const known of (await everyPage(world.api)).filter(({ path }) => partOf(path) === part)) {
        const { page } = people[known.as ?? 'operator']
        await page.goto(known.path)
        await settled(page)
        await expect(page).toHaveTitle(/· Snapback$/)
        await expectFine(page, known.name)
      }
      expect(refused.flat()).toEqual([])
    })
  }

  test(`the page to sign in, in ${LANGUAGES[language]}, is as every other`, async ({ given }) => {
    const stranger = await given.stranger({ theme: 'light', language, isMotionReduced: true })
    const refused = refusedByPolicy(stranger)
    await stranger.goto('/sign-in')
    await expectFine(stranger, 'sign-in')
    expect(refused).toEqual([])
  })
}

/** Two cases share the pages, so that each ends within its time. */
function partOf(path: string): (typeof PARTS)[number] {
  return /^\/(policies|replay)/.test(path) ? 'policies and replays' : 'what happened'
}

/** What the page's own security policy kept from it: a style, a script or a connection that it needs. */
function refusedByPolicy(page: Page): string[] {
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(`${page.url()}: ${message.text()}`)
  })
  return refused
}

async function expectFine(page: Page, name: string): Promise<void> {
  expect(await moving(page), name).toEqual([])
  await expectAccessibleInBothThemes(page, name)
  for (const phone of PHONES) {
    await page.setViewportSize(phone)
    await thenFor({ page }).overflowsNowhere()
  }
  await page.setViewportSize(SCREEN)
}

/** What anybody could see move. Shortened to nothing, an animation lasts for a frame all the same. */
function moving(page: Page): Promise<unknown[]> {
  return page.evaluate(() => {
    const isSeen = ({ effect }: Animation) => Number(effect?.getComputedTiming().endTime) > 1
    return document
      .getAnimations()
      .filter(isSeen)
      .map((one) => (one.effect as KeyframeEffect).target?.className)
  })
}
