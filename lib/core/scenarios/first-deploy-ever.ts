import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const firstDeployEver: Scenario = {
  title: 'The first deploy of a new service fails: there is nothing to go back to',
  shouldGoBack: false,
  story: aBadDeploy({ deploys: [{ at: 0, image: 'checkout:0.1.0' }] }),
  moments: [callsPeople({ at: minutes(2), gate: 'target', reason: 'no_target' })],
}
