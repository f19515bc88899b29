import { SCENARIOS } from '../lib/core/scenarios/scenario-list.ts'
import { exactInterval, upperBound } from '../lib/core/stats.ts'
import type { Scenario } from '../lib/core/story/scenario.ts'
import { TOOLS, type Tool } from './tools.ts'

/** What a tool did in the stories that are counted. */
export interface Score {
  tool: Tool
  /** The deploy was to blame, and it was rolled back. */
  rightly: readonly Scenario[]
  falsely: readonly Scenario[]
  /** The deploy was to blame, and it was not rolled back. */
  missed: readonly Scenario[]
  /** Rolled back although people, the cluster or a limit forbade it; not counted among the others. */
  disobeyed: readonly Scenario[]
}

/** The evidence is there, and what forbids to act stands to the end of the story: no judgement is tried by it. */
function isForbidden({ moments }: Scenario): boolean {
  const last = moments.at(-1)
  return last?.verdict === 'roll_back' && last.effect === 'none'
}

export function scoreOf(tool: Tool, scenarios: readonly Scenario[]): Score {
  const counted = scenarios.filter((one) => !isForbidden(one))
  const rolledBack = counted.filter(tool.rollsBack)
  return {
    tool,
    rightly: rolledBack.filter(({ shouldGoBack }) => shouldGoBack),
    falsely: rolledBack.filter(({ shouldGoBack }) => !shouldGoBack),
    missed: counted.filter((one) => one.shouldGoBack && !rolledBack.includes(one)),
    disobeyed: scenarios.filter(isForbidden).filter(tool.rollsBack),
  }
}

/** Precision and recall of Snapback over the stories, beside what simpler tools would have done in them. */
export function reportDecisions({ isVerbose }: { isVerbose: boolean }): string {
  const scores = TOOLS.map((tool) => scoreOf(tool, SCENARIOS))
  const forbidden = SCENARIOS.filter(isForbidden).length
  const counted = SCENARIOS.length - forbidden
  const toBlame = SCENARIOS.filter((one) => !isForbidden(one) && one.shouldGoBack).length
  const lines = [
    `${SCENARIOS.length} stories, written by the people who wrote the decision: a yardstick for changes, no sample of what happens in a cluster.`,
    `${counted} are counted: in ${toBlame} the deploy was to blame and a rollback would have helped, in ${counted - toBlame} not. In the other ${forbidden} the`,
    'evidence is there, but people, the cluster or a limit forbid to act.',
    '',
    table([HEADINGS, ...scores.map((score) => row(score, forbidden))]),
    '',
    'In brackets: 95 % intervals (Clopper and Pearson). They would hold for cases drawn at random, which these are not.',
    bound(scores),
    '',
    ...TOOLS.map(({ name, model }) => `${name}: ${model}.`),
    '',
    ...(isVerbose ? scores.flatMap(mistakes) : ['--verbose lists what each got wrong.']),
  ]
  return `${lines.join('\n')}\n`
}

const HEADINGS = ['', 'rightly', 'falsely', 'missed', 'precision', 'recall', 'forbidden, and done']

function row({ tool, rightly, falsely, missed, disobeyed }: Score, forbidden: number): string[] {
  return [
    tool.name,
    String(rightly.length),
    String(falsely.length),
    String(missed.length),
    share(rightly.length, rightly.length + falsely.length),
    share(rightly.length, rightly.length + missed.length),
    `${disobeyed.length} of ${forbidden}`,
  ]
}

function share(hits: number, trials: number): string {
  if (trials === 0) return 'none'
  const { low, high } = exactInterval(hits, trials)
  return `${percent(hits / trials)} (${percent(low)} to ${percent(high)})`
}

function bound([first]: readonly Score[]): string {
  const wrong = first?.falsely.length ?? 0
  const all = wrong + (first?.rightly.length ?? 0)
  const most = percent(upperBound(wrong, all, 0.05))
  return `${wrong} false among ${all} rollbacks of Snapback: with 95 % confidence its share of false ones is below ${most}. To say "below 2 %" takes 149 without a false one.`
}

function mistakes({ tool, falsely, missed }: Score): string[] {
  const told = (heading: string, list: readonly Scenario[]) =>
    list.length === 0 ? [] : [`${tool.name}, ${heading}:`, ...list.map((one) => `  - ${one.title}${why(tool, one)}`), '']
  return [...told('rolled back falsely', falsely), ...told('missed', missed)]
}

function why({ name }: Tool, { limit }: Scenario): string {
  return name === TOOLS[0]?.name && limit !== undefined ? `\n    (${limit})` : ''
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

function table(rows: readonly string[][]): string {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n')
}
