import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const licenceExpires: Scenario = {
  title: 'A licence runs out at six in the evening, eight hours after the last deploy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: hours(8), fired: hours(8) + minutes(2) } }),
  moments: [holds({ at: hours(8) + minutes(2), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
