import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { emailOf, PASSWORD, type PersonName } from './database.ts'

/** Sessions last: each person signs in once for all stories. */
type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>
const sessions = new Map<string, Session>()

export interface Looks {
  theme?: 'light' | 'dark'
  language?: 'en' | 'zh'
  /** A phone of that width; else a screen. */
  phone?: number
  isMotionReduced?: boolean
}

/** Somebody in front of a browser of their own. */
export interface Person {
  name: PersonName
  page: Page
  visits(path: string): Promise<void>
  leaves(): Promise<void>
}

interface Opening {
  browser: Browser
  url: string
  name: PersonName
  looks?: Looks
}

/** A browser of a person who is signed in. */
export async function openAs({ browser, url, name, looks = {} }: Opening): Promise<Person> {
  const known = sessions.get(url + name)
  const context = await browser.newContext({ ...settings(url, looks), ...(known && { storageState: known }) })
  await context.addCookies(preferences(url, looks))
  const page = await context.newPage()
  const person: Person = {
    name,
    page,
    visits: async (path) => void (await page.goto(path)),
    leaves: () => context.close(),
  }
  if (known === undefined) {
    await signIn(page, name)
    sessions.set(url + name, await context.storageState())
  }
  return person
}

/** A browser of somebody who is not signed in. */
export async function openAsStranger({ browser, url, looks = {} }: Omit<Opening, 'name'>): Promise<Page> {
  const context = await browser.newContext(settings(url, looks))
  await context.addCookies(preferences(url, looks))
  return context.newPage()
}

async function signIn(page: Page, name: PersonName): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('input[name="email"]').fill(emailOf(name))
  await page.locator('input[name="password"]').fill(PASSWORD)
  await page.locator('button[type="submit"]').click()
  await page.waitForURL((address) => address.pathname === '/')
}

function settings(url: string, { phone, isMotionReduced = false }: Looks): BrowserContextOptions {
  return {
    baseURL: url,
    viewport: { width: phone ?? 1280, height: phone === undefined ? 900 : 844 },
    isMobile: phone !== undefined,
    hasTouch: phone !== undefined,
    reducedMotion: isMotionReduced ? 'reduce' : 'no-preference',
  }
}

function preferences(url: string, { theme, language }: Looks) {
  const { hostname } = new URL(url)
  const cookie = (name: string, value: string) => ({ name, value, domain: hostname, path: '/' })
  return [...(theme ? [cookie('theme', theme)] : []), ...(language ? [cookie('locale', language)] : [])]
}
