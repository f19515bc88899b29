import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const olderThanTheDeploy: Scenario = {
  title: 'Errors began two minutes before the deploy; the alert, with its `for` of five minutes, fires after it',
  topic: 'older than the deploy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: minutes(-2), fired: minutes(3) } }),
  moments: [holds({ at: minutes(3), gate: 'deploy_explains', reason: 'older_than_deploy' })],
}
