import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const deployIsTheFix: Scenario = {
  title: 'The alert fires; somebody deploys the fix, and it helps',
  topic: 'older than the deploy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: minutes(-12), fired: minutes(-10), received: minutes(1), resolved: minutes(4) } }),
  moments: [
    holds({ at: minutes(1), gate: 'deploy_explains', reason: 'new_deploy_while_firing', again: minutes(5.5) }),
    holds({ at: minutes(5.5), gate: 'asked', reason: 'recovered_by_itself' }),
  ],
}
