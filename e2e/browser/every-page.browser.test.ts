import { expect, type Page } from '@playwright/test'
import { expectAccessibleInBothThemes } from './accessibility.ts'
import { everyPage, type KnownPage } from './pages.ts'
import { settled } from './settled.ts'
import { test } from './story.ts'
import { thenFor } from './then.ts'

const NARROW = [390, 360]

for (const language of ['en', 'zh'] as const) {
  test(`every page is accessible, light and dark, in ${language === 'en' ? 'English' : 'Chinese'}`, async ({ given, world }) => {
    const looks = { theme: 'light', language, isMotionReduced: true } as const
    const stranger = await given.stranger(looks)
    await stranger.goto('/sign-in')
    await expectAccessibleInBothThemes(stranger, 'sign-in')
    const operator = await given.person('operator', looks)
    await expect(operator.page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`))
    for (const known of await everyPage(world.api)) {
      await open(operator.page, known)
      await expectAccessibleInBothThemes(operator.page, known.name)
    }
  })

  test(`no page is wider than a phone, in ${language === 'en' ? 'English' : 'Chinese'}`, async ({ given, world }) => {
    const operator = await given.person('operator', { language, phone: NARROW[0] ?? 0 })
    for (const known of await everyPage(world.api)) {
      await open(operator.page, known)
      for (const width of NARROW) {
        await operator.page.setViewportSize({ width, height: 844 })
        await thenFor(operator).overflowsNowhere()
      }
    }
  })
}

test('nothing moves where less motion is asked for', async ({ given, world }) => {
  const operator = await given.person('operator', { isMotionReduced: true })
  for (const known of await everyPage(world.api)) {
    await open(operator.page, known)
    const moving = await operator.page.evaluate(() => {
      // Shortened to nothing, one lasts for a frame all the same.
      const isSeen = ({ effect }: Animation) => Number(effect?.getComputedTiming().endTime) > 1
      return document
        .getAnimations()
        .filter(isSeen)
        .map((one) => (one.effect as KeyframeEffect).target?.className)
    })
    expect(moving, known.name).toEqual([])
  }
})

async function open(page: Page, { path }: KnownPage): Promise<void> {
  await page.goto(path)
  await settled(page)
  await expect(page).toHaveTitle(/· Snapback$/)
}
