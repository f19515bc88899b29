import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { type Scenario, simulates } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const modeObserve: Scenario = {
  title: 'The first week: the policy says observe, and what would be done is simulated',
  shouldGoBack: true,
  story: aBadDeploy({ policy: { mode: 'observe' } }),
  moments: [simulates(minutes(2), GOOD)],
}
