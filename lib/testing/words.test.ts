import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import en from '../../messages/en.json'
import zh from '../../messages/zh.json'
import type { Effect, Verdict } from '../core/decision.ts'
import type { IncidentOutcome } from '../core/incident.ts'
import { REASON_CODES } from '../core/reason.ts'
import { OUTCOME_REASONS } from '../core/rollback.ts'
import { TIMELINE_KINDS } from '../core/timeline.ts'
import { HEALTH_REASONS } from '../core/verification.ts'

/** The compiler refuses a code that is missing here, and one too many. */
const INCIDENTS: Record<IncidentOutcome, true> = {
  rolled_back: true,
  rolled_back_by_hand: true,
  recovered_by_itself: true,
  ended_unresolved: true,
}
const VERDICTS: Record<Verdict, true> = { roll_back: true, hold: true, escalate: true, ignore: true }
const EFFECTS: Record<Effect, true> = { act: true, propose: true, simulate: true, none: true }

const CODES = {
  reasons: REASON_CODES,
  timeline: TIMELINE_KINDS,
  outcomes: OUTCOME_REASONS,
  health: HEALTH_REASONS,
  incidents: Object.keys(INCIDENTS),
  verdicts: Object.keys(VERDICTS),
  effects: Object.keys(EFFECTS),
}

describe.each([
  ['English', en],
  ['Chinese', zh],
])('the %s messages', (_, messages: Record<string, Record<string, string>>) => {
  it('have a sentence for every code and none left over', () => {
    const keys = Object.fromEntries(Object.entries(messages).map(([group, sentences]) => [group, Object.keys(sentences)]))
    expect(keys).toEqual(CODES)
  })

  it('leave no sentence empty', () => {
    expect(Object.values(messages).flatMap((sentences) => Object.values(sentences).filter((text) => text.trim() === ''))).toEqual([])
  })
})

it('both languages name the same values in a sentence', () => {
  expect(placeholders(zh)).toEqual(placeholders(en))
})

it('docs/reasons.md has a paragraph for every reason code, in order, and none left over', () => {
  const text = readFileSync(fileURLToPath(new URL('../../docs/reasons.md', import.meta.url)), 'utf8')
  const sections = text.split(/^### /m).slice(1)
  expect(sections.map((section) => section.slice(0, section.indexOf('\n')))).toEqual(REASON_CODES.map((code) => `\`${code}\``))
  const withoutParagraph = sections.filter((section) => section.slice(section.indexOf('\n')).trim().length < 40)
  expect(withoutParagraph).toEqual([])
})

function placeholders(messages: Record<string, Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([group, sentences]) =>
      Object.entries(sentences).map(([code, text]) => [
        `${group}.${code}`,
        [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort(),
      ]),
    ),
  )
}
