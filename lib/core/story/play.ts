import { decide } from '../decide.ts'
import type { Gate } from '../gates/gate.ts'
import { factsOfStory } from './facts-of-story.ts'
import type { Moment } from './scenario.ts'
import type { Story } from './story.ts'
import { MINUTE_ZERO } from './story-time.ts'

/**
 * What is decided at that time of the story, told as the scenario tells what must be. The gate is the expected one if its answer gives
 * the reason, else the first whose answer does.
 */
export function decideMoment(story: Story, expected: Moment, gates?: readonly Gate[]): Moment {
  const { verdict, effect, reason, checks, target, decideAgainAt } = decide(factsOfStory(story, expected.at), gates)
  const saying = checks.filter((check) => check.reason === reason).map(({ gate }) => gate)
  return {
    at: expected.at,
    verdict,
    effect,
    reason,
    gate: saying.find((gate) => gate === expected.gate) ?? saying[0] ?? 'asked',
    target: expected.target === null ? null : (target?.images[0] ?? null),
    again: decideAgainAt === null ? null : decideAgainAt - MINUTE_ZERO,
  }
}
