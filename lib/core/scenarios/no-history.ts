import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const noHistory: Scenario = {
  title: '`revisionHistoryLimit: 0`: the good revision was pruned as soon as the rollout was complete',
  shouldGoBack: false,
  story: aBadDeploy({ historyLimit: 0 }),
  moments: [callsPeople({ at: minutes(2), gate: 'target', reason: 'no_target' })],
}
