import { decide } from '../lib/core/decide.ts'
import { DEFAULT_POLICY } from '../lib/core/policy.ts'
import { factsOfStory } from '../lib/core/story/facts-of-story.ts'
import { completeOf, stintsUntil } from '../lib/core/story/history-of-story.ts'
import type { Scenario } from '../lib/core/story/scenario.ts'
import { minutes } from '../lib/core/story/story-time.ts'

/** Something that answers alerts with rollbacks. */
export interface Tool {
  name: string
  /** What is taken for it here. */
  model: string
  /** Whether it rolls back in this story, at any time of it. */
  rollsBack(scenario: Scenario): boolean
}

/** Proposed and simulated ones count: it is the judgement that is measured, and the mode is people's. */
const snapback: Tool = {
  name: 'Snapback',
  model: 'decide() on the facts of each moment of the story; what it proposes or simulates counts as rolled back',
  rollsBack: ({ story, moments }) => moments.some(({ at }) => decide(factsOfStory(story, at)).effect !== 'none'),
}

const onAnyAlert: Tool = {
  name: 'on any alert',
  model: 'rolls back whatever alerts, as GitLab does on a critical alert, if there is a revision to go back to',
  rollsBack: canUndo,
}

const afterADeploy: Tool = {
  name: 'within 30 min of a deploy',
  model: 'rolls back what alerts within 30 min of its last deploy, as a script would that knows the time and nothing else',
  rollsBack: (scenario) => {
    const { fired, received = fired } = scenario.story.alert
    const deploy = stintsUntil(scenario.story, received).at(-1)?.told
    return canUndo(scenario) && deploy !== undefined && received - deploy.at <= DEFAULT_POLICY.attributionWindowMs
  },
}

const whileRollingOut: Tool = {
  name: 'while rolling out',
  model:
    'rolls back what alerts before the rollout is complete, and looks no longer: when Argo Rollouts and Flagger decide. The stories roll out at once, in half a minute mostly',
  rollsBack: (scenario) => {
    const { began, fired, received = fired } = scenario.story.alert
    const deploy = stintsUntil(scenario.story, received).at(-1)?.told
    return canUndo(scenario) && deploy !== undefined && began >= deploy.at && received <= (deploy.gaveUp ?? completeOf(deploy))
  },
}

const CANARY_MINUTES = 10

const inACanary: Tool = {
  name: `in a canary of ${CANARY_MINUTES} min`,
  model: `rolls back what alerts in the first ${CANARY_MINUTES} min after a deploy, or until its rollout is complete: the same tools with an analysis of that length, which compares nothing with the old pods`,
  rollsBack: (scenario) => {
    const { began, fired, received = fired } = scenario.story.alert
    const deploy = stintsUntil(scenario.story, received).at(-1)?.told
    if (!canUndo(scenario) || deploy === undefined || began < deploy.at) return false
    return received <= Math.max(deploy.at + minutes(CANARY_MINUTES), deploy.gaveUp ?? completeOf(deploy))
  },
}

export const TOOLS: readonly Tool[] = [snapback, onAnyAlert, afterADeploy, whileRollingOut, inACanary]

/** Where no workload is found, or no revision is left, `kubectl rollout undo` does no harm either. */
function canUndo({ story, moments }: Scenario): boolean {
  return moments.some(({ at }) => (factsOfStory(story, at).workload?.candidates.length ?? 0) > 0)
}
