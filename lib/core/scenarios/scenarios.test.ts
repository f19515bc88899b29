import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { GATE_NAMES } from '../gates/gate-name.ts'
import { factsOfStory } from '../story/facts-of-story.ts'
import { decideMoment } from '../story/play.ts'
import { TOPICS } from '../story/scenario.ts'
import { SCENARIOS } from './scenario-list.ts'

const DONE: readonly string[] = ['act', 'propose', 'simulate']
const goesBack = ({ moments }: (typeof SCENARIOS)[number]) => moments.some(({ effect }) => DONE.includes(effect))

describe.each(SCENARIOS.map((scenario) => [scenario.title, scenario] as const))('%s', (_, { story, moments }) => {
  test.each(moments.map((moment) => [`${moment.at / 60_000} min: ${moment.reason}`, moment] as const))('at %s', (__, moment) => {
    expect(decideMoment(story, moment)).toEqual(moment)
  })
})

describe('the collection', () => {
  test('has every file of the folder, and each story once', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((name) => !/^scenario-list\.ts$|\.test\.ts$/.test(name))
    expect(SCENARIOS).toHaveLength(files.length)
    expect(new Set(SCENARIOS.map(({ title }) => title)).size).toBe(SCENARIOS.length)
  })

  test('has 60 stories and more, and in at least half of them nothing may be rolled back', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(60)
    const held = SCENARIOS.filter((scenario) => !goesBack(scenario))
    expect(held.length).toBeGreaterThanOrEqual(SCENARIOS.length / 2)
    expect(SCENARIOS.filter(({ shouldGoBack }) => !shouldGoBack).length).toBeGreaterThanOrEqual(SCENARIOS.length / 2)
  })

  test('has a story of every kind that has to be there', () => {
    const told = new Set(SCENARIOS.map(({ topic }) => topic))
    expect(TOPICS.filter((topic) => !told.has(topic))).toEqual([])
  })

  test('has for every gate a story in which that gate must say so', () => {
    const deciding = new Set(SCENARIOS.flatMap(({ moments }) => moments.filter(({ effect }) => effect === 'none').map(({ gate }) => gate)))
    expect(GATE_NAMES.filter((name) => !deciding.has(name))).toEqual([])
  })

  test('says of each decision that the truth would not have what was missing to tell, and of no other', () => {
    const judged = SCENARIOS.filter(({ moments }) => moments.at(-1)?.verdict !== 'roll_back' || moments.at(-1)?.effect !== 'none')
    const wrong = judged.filter((scenario) => goesBack(scenario) !== scenario.shouldGoBack)
    expect(wrong.filter(({ limit }) => limit === undefined).map(({ title }) => title)).toEqual([])
    expect(SCENARIOS.filter(({ limit }) => limit !== undefined)).toEqual(wrong)
  })

  test('is asked in the order of time, and again no earlier than was said', () => {
    for (const { moments } of SCENARIOS) {
      for (const [index, { at, again }] of moments.entries()) {
        const next = moments[index + 1]
        if (next !== undefined) expect(next.at).toBeGreaterThanOrEqual(again ?? at)
      }
    }
  })

  test('gives facts that go through JSON, and the same ones twice', () => {
    for (const { story, moments } of SCENARIOS) {
      for (const { at } of moments) {
        const facts = factsOfStory(story, at)
        expect(factsOfStory(story, at)).toEqual(facts)
        expect(decide(JSON.parse(JSON.stringify(facts)))).toEqual(decide(facts))
      }
    }
  })
})
