import { decide } from '../lib/core/decide.ts'
import { SCENARIOS } from '../lib/core/scenarios/scenario-list.ts'
import { factsOfStory } from '../lib/core/story/facts-of-story.ts'

const ROUNDS = 20

/** How fast `decide` is over the facts of all stories, beside what storing them once costs anyway: their JSON. */
export function reportDecide(): string {
  const facts = SCENARIOS.flatMap(({ story, moments }) => moments.map(({ at }) => factsOfStory(story, at)))
  const [decided, written] = fastest([() => facts.map((one) => decide(one)), () => facts.map((one) => JSON.stringify(one))])
  const perSecond = (ms = 0) => Math.round((facts.length / ms) * 1_000).toLocaleString('en')
  return [
    `decide:           ${perSecond(decided)} a second`,
    `JSON of the same: ${perSecond(written)} a second`,
    `One decision takes ${((decided ?? 0) / (written ?? 1)).toFixed(2)} times as long as writing its facts as JSON (fastest of ${ROUNDS} rounds over ${facts.length} facts, one core).`,
    '',
  ].join('\n')
}

/** Taken in turns, so that whatever else the machine does hits all of them. @returns milliseconds of the fastest round of each */
function fastest(works: readonly (() => unknown)[]): number[] {
  const best = works.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, work] of works.entries()) {
      const since = performance.now()
      work()
      best[index] = Math.min(best[index] ?? 0, performance.now() - since)
    }
  }
  return best
}
