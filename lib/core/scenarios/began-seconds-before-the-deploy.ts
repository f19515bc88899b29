import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes, seconds } from '../story/story-time.ts'

export const beganSecondsBeforeTheDeploy: Scenario = {
  title: 'The trouble began twenty seconds before the deploy, by clocks that agree',
  topic: 'older than the deploy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: seconds(-20), fired: minutes(1.5) } }),
  moments: [holds({ at: minutes(1.5), gate: 'deploy_explains', reason: 'older_than_deploy' })],
}
