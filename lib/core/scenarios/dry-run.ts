import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { type Scenario, simulates } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const dryRun: Scenario = {
  title: 'Dry run is on: all is asked and nothing is changed',
  shouldGoBack: true,
  story: aBadDeploy({ control: { dryRun: true } }),
  moments: [simulates(minutes(2), GOOD)],
}
