import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import en from '../../messages/en.json'
import zh from '../../messages/zh.json'
import { argumentsOf } from '../client/sentence.ts'
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

const MESSAGES: Record<string, Words> = { en, zh }

describe.each(Object.entries(MESSAGES))('the messages in %s', (locale, messages) => {
  it.each(Object.entries(CODES))('have a sentence for every code of %s and none left over', (group, codes) => {
    expect(Object.keys(messages[group] ?? {})).toEqual(codes)
  })

  it('leave no sentence empty', () => {
    expect([...sentences(messages)].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('are all understood, and say something with the values that they name', () => {
    const wrong: string[] = []
    const onError = (error: Error) => wrong.push(error.message)
    const t = createTranslator({ locale, messages: messages as Record<string, string>, onError })
    for (const [path, text] of sentences(messages)) t.markup(path, { ...valuesOf(text), ...tagsOf(text) })
    expect(wrong).toEqual([])
  })
})

it('both languages have the same sentences', () => {
  expect([...sentences(zh)].map(([path]) => path)).toEqual([...sentences(en)].map(([path]) => path))
})

it('both languages name the same values and mark the same parts in a sentence', () => {
  const named = (messages: Words) =>
    [...sentences(messages)].map(([path, text]) => [path, argumentsOf(text), Object.keys(tagsOf(text)).sort()])
  expect(named(zh)).toEqual(named(en))
})

it('docs/reasons.md has a paragraph for every reason code, in order, and none left over', () => {
  const text = readFileSync(fileURLToPath(new URL('../../docs/reasons.md', import.meta.url)), 'utf8')
  const sections = text.split(/^### /m).slice(1)
  expect(sections.map((section) => section.slice(0, section.indexOf('\n')))).toEqual(REASON_CODES.map((code) => `\`${code}\``))
  const withoutParagraph = sections.filter((section) => section.slice(section.indexOf('\n')).trim().length < 40)
  expect(withoutParagraph).toEqual([])
})

interface Words {
  [key: string]: string | Words
}

function* sentences(messages: Words, path = ''): Generator<[path: string, text: string]> {
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') yield [path + key, value]
    else yield* sentences(value, `${path}${key}.`)
  }
}

function valuesOf(text: string): Record<string, number> {
  return Object.fromEntries(argumentsOf(text).map((name) => [name, 1]))
}

function tagsOf(text: string): Record<string, (chunks: string) => string> {
  return Object.fromEntries([...text.matchAll(/<(\w+)>/g)].map(([, name = '']) => [name, (chunks: string) => chunks]))
}
