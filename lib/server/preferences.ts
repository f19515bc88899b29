import { cookies, headers } from 'next/headers.js'
import { routeDeps } from './route-deps.ts'

export const LOCALES = ['en', 'zh'] as const
export type Locale = (typeof LOCALES)[number]

export interface Preferences {
  locale: Locale
  theme: 'system' | 'light' | 'dark'
  /** IANA name; UTC until the browser has told its own. */
  zone: string
  /** What whoever runs this wants to be read on every page (`NOTICE`); null: nothing. */
  notice: string | null
}

/** How the viewer wants pages: from cookies, and at the first visit from what the browser says. */
export async function readPreferences(): Promise<Preferences> {
  const [jar, given] = await Promise.all([cookies(), headers()])
  const theme = jar.get('theme')?.value
  const locale = pickLocale(jar.get('locale')?.value, given.get('accept-language'))
  return {
    locale,
    notice: routeDeps().env.notice[locale],
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    zone: knownZone(jar.get('zone')?.value),
  }
}

/** The chosen language, else the best of what the browser accepts, else English. */
export function pickLocale(chosen: string | undefined, accepted: string | null): Locale {
  const isOurs = (tag: string): tag is Locale => (LOCALES as readonly string[]).includes(tag)
  if (chosen !== undefined && isOurs(chosen)) return chosen
  const wanted = (accepted ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().split(';')
    const q = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined)
    return { language: tag.toLowerCase().split('-')[0] ?? '', quality: q === undefined ? 1 : Number(q) }
  })
  const best = wanted.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality)
  return best.map(({ language }) => language).find(isOurs) ?? 'en'
}

/** A cookie is anybody's text. */
export function knownZone(zone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
