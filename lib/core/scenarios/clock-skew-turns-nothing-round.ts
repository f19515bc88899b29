import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, hours, minutes, seconds } from '../story/story-time.ts'

export const clockSkewTurnsNothingRound: Scenario = {
  title: 'The clocks differ by nine seconds, but the trouble is an hour older than the deploy',
  topic: 'clock skew',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { began: hours(-1), fired: minutes(2) },
    clockSkew: { by: seconds(-9), from: days(-1), to: null },
  }),
  moments: [holds({ at: minutes(2), gate: 'deploy_explains', reason: 'older_than_deploy' })],
}
