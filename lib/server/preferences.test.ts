import { expect, it } from 'vitest'
import { knownZone, pickLocale } from './preferences.ts'

it.each([
  ['zh', 'en', 'zh'],
  [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  [undefined, 'fr-FR,fr;q=0.9,zh;q=0.3,en;q=0.8', 'en'],
  [undefined, 'de', 'en'],
  [undefined, null, 'en'],
  ['xx', 'zh;q=0, en', 'en'],
])('with the choice %j and Accept-Language %j pages are in %s', (chosen, accepted, locale) => {
  expect(pickLocale(chosen, accepted)).toBe(locale)
})

it.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['Nowhere/At-All', 'UTC'],
  [undefined, 'UTC'],
])('the zone %j is %s', (told, zone) => expect(knownZone(told)).toBe(zone))
