import type { Browser, Page } from '@playwright/test'
import type { PersonName } from '../../e2e/browser/database.ts'
import { type Looks, openAs, openAsStranger } from '../../e2e/browser/person.ts'
import { settled } from '../../e2e/browser/settled.ts'

/** How a picture looks; its name begins every file of it. */
export const VIEWS: Readonly<Record<string, Looks>> = {
  desktop: {},
  phone: { phone: 390 },
  dark: { theme: 'dark' },
  'phone-dark': { phone: 390, theme: 'dark' },
  chinese: { language: 'zh' },
  'phone-chinese': { phone: 390, language: 'zh' },
}

interface Setting {
  browser: Browser
  url: string
  /** Where the picture of that name goes. */
  save(name: string): string
}

export interface Shot {
  name: string
  path: string
  as?: PersonName
}

/** Takes pictures of whole pages as an operator sees them. */
export class Camera {
  readonly #setting: Setting

  constructor(setting: Setting) {
    this.#setting = setting
  }

  /** Opens a page in one look and takes it when it is ready: when its data is there, unless told otherwise. */
  async take(view: string, { name, path, as = 'operator' }: Shot, ready: (page: Page) => Promise<unknown> = settledAndLive): Promise<void> {
    await this.#as(view, as, async (page) => {
      await page.goto(path)
      await ready(page)
      await this.snap(page, `${view}/${name}`)
    })
  }

  /** The page that is open now, in a window as high as it is: what sticks to the bottom is at the bottom. */
  async snap(page: Page, name: string): Promise<void> {
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 }
    const whole = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width, height: Math.max(height, whole) })
    await page.screenshot({ path: this.#setting.save(name), animations: 'disabled' })
    await page.setViewportSize({ width, height })
  }

  /** As somebody who is not signed in. */
  async takeSignIn(view: string): Promise<void> {
    const { browser, url } = this.#setting
    const page = await openAsStranger({ browser, url, looks: this.#looks(view) })
    await page.goto('/sign-in')
    await this.snap(page, `${view}/sign-in`)
    await page.context().close()
  }

  /** Keeps one page open, for what happens while one looks. */
  async open(view: string, path: string): Promise<Page> {
    const { browser, url } = this.#setting
    const { page } = await openAs({ browser, url, name: 'operator', looks: this.#looks(view) })
    await page.goto(path)
    return page
  }

  async #as(view: string, name: PersonName, look: (page: Page) => Promise<void>): Promise<void> {
    const { browser, url } = this.#setting
    const person = await openAs({ browser, url, name, looks: this.#looks(view) })
    try {
      await look(person.page)
    } finally {
      await person.leaves()
    }
  }

  #looks(view: string): Looks {
    return { ...VIEWS[view], isMotionReduced: true }
  }
}

async function settledAndLive(page: Page): Promise<void> {
  await settled(page)
  await page.locator('[data-liveness="live"]').waitFor()
}
