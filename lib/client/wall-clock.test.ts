import { expect, it } from 'vitest'
import { instantOfText, wallText } from './wall-clock.ts'

const BERLIN = 'Europe/Berlin'

it.each([
  ['2026-12-24T18:00', Date.UTC(2026, 11, 24, 17)],
  ['2026-07-01T08:30', Date.UTC(2026, 6, 1, 6, 30)],
])('%s on the clocks of Berlin, there and back', (text, at) => {
  expect(instantOfText(text, BERLIN)).toBe(at)
  expect(wallText(at, BERLIN)).toBe(text)
})

it('what is not yet a date and time is none', () => {
  expect(instantOfText('', BERLIN)).toBeNull()
  expect(instantOfText('2026-13-45T99:00', BERLIN)).toBeNull()
})
