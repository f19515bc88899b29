import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SCENARIOS } from '../lib/core/scenarios/scenario-list.ts'
import type { Scenario } from '../lib/core/story/scenario.ts'
import { reportDecisions, scoreOf } from './decisions.ts'
import { TOOLS, type Tool } from './tools.ts'

const toolOf = (rollsBack: Tool['rollsBack']): Tool => ({ name: 'a tool', model: 'made up', rollsBack })
const titles = (list: readonly Scenario[]) => list.map(({ title }) => title)
const told = (part: string): Scenario => {
  const found = SCENARIOS.filter(({ title }) => title.includes(part))
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} stories tell of ${part}`)
  return found[0]
}

describe('a tool', () => {
  const bad = told('A bad release')
  const dns = told('DNS in the cluster fails')
  const refused = told('refuses the patch')

  test('that always rolls back misses nothing, and is wrong where the deploy was not to blame', () => {
    const score = scoreOf(
      toolOf(() => true),
      [bad, dns, refused],
    )
    expect(titles(score.rightly)).toEqual([bad.title])
    expect(titles(score.falsely)).toEqual([dns.title])
    expect(score.missed).toEqual([])
  })

  test('that never does misses every bad deploy', () => {
    const score = scoreOf(
      toolOf(() => false),
      [bad, dns, refused],
    )
    expect(titles(score.missed)).toEqual([bad.title])
    expect([...score.rightly, ...score.falsely]).toEqual([])
  })

  test('is not judged by what was forbidden, but it is told whether it obeyed', () => {
    const score = scoreOf(
      toolOf((one) => one === refused),
      [bad, refused],
    )
    expect(titles(score.disobeyed)).toEqual([refused.title])
    expect(score.rightly).toEqual([])
  })
})

describe('the tools that are compared', () => {
  const calls = (name: string, story: Scenario) => TOOLS.find((tool) => tool.name.startsWith(name))?.rollsBack(story)

  test.each([
    ['A bad release', true, true, true, false, true],
    ['A leak so slow', false, true, false, false, false],
    ['The new pods crash as they start', true, true, true, true, true],
    ['DNS in the cluster fails', false, true, true, false, true],
    ['the rollout gives up after ten minutes', true, true, false, false, false],
    ['The first deploy of a new service', false, false, false, false, false],
  ])('in "%s"', (part, snapback, any, after, rolling, canary) => {
    const story = told(part)
    const names = ['Snapback', 'on any alert', 'within 30 min', 'while rolling out', 'in a canary']
    expect(names.map((name) => calls(name, story))).toEqual([snapback, any, after, rolling, canary])
  })
})

test('Snapback does nothing that is forbidden, and is wrong only where a story says what was missing to tell', () => {
  const [snapback] = TOOLS
  if (snapback === undefined) throw new Error('no tools')
  const { rightly, falsely, missed, disobeyed } = scoreOf(snapback, SCENARIOS)
  expect(disobeyed).toEqual([])
  expect(rightly.length).toBeGreaterThan(40)
  expect([...falsely, ...missed].filter(({ limit }) => limit === undefined)).toEqual([])
})

test('the documents say the numbers that the bench prints', () => {
  const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  expect(read('README.md')).toContain(`[${SCENARIOS.length} stories](docs/scenarios.md)`)
  expect(read('docs/scenarios.md')).toContain(`${SCENARIOS.length} of them`)
  const printed = [...reportDecisions({ isVerbose: false }).matchAll(/^(\S.*?) {2,}(\d+) +(\d+) +(\d+) +([\d.]+ %) .*? ([\d.]+ %) /gm)]
  const rows = [...read('docs/scenarios.md').matchAll(/^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+ %) .*? \| ([\d.]+ %) /gm)]
  expect(rows.length).toBeGreaterThan(3)
  const cells = (all: RegExpMatchArray[]) => all.map(([, ...numbers]) => numbers.join('; '))
  expect(cells(printed)).toEqual(expect.arrayContaining(cells(rows)))
})

test('the report says who wrote the stories and how wide the intervals are, and lists mistakes when asked', () => {
  const short = reportDecisions({ isVerbose: false })
  expect(short).toContain(`${SCENARIOS.length} stories, written by the people who wrote the decision`)
  expect(short).toMatch(/^Snapback +\d+ +\d+ +\d+ +[\d.]+ % \([\d.]+ % to [\d.]+ %\)/m)
  expect(short).not.toContain('rolled back falsely')
  expect(reportDecisions({ isVerbose: true })).toContain('on any alert, rolled back falsely:\n')
})
