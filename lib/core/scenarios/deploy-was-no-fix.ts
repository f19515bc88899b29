import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const deployWasNoFix: Scenario = {
  title: 'The alert fires; somebody deploys what should be the fix, and it fires on: people are called, under a cooldown too',
  topic: 'older than the deploy',
  shouldGoBack: false,
  story: aBadDeploy({
    rollbacks: [{ opened: minutes(-10), to: GOOD, undone: null, ended: minutes(-9), end: 'simulated' }],
    alert: { began: minutes(-4), fired: minutes(-2), received: minutes(1) },
  }),
  moments: [
    holds({ at: minutes(1), gate: 'deploy_explains', reason: 'new_deploy_while_firing', again: minutes(5.5) }),
    callsPeople({ at: minutes(5.5), gate: 'deploy_explains', reason: 'fires_on_after_deploy' }),
  ],
}
