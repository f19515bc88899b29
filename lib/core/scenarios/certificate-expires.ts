import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const certificateExpires: Scenario = {
  title: 'A certificate expires at noon; the last deploy was two hours before',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: hours(2), fired: hours(2) + minutes(2) } }),
  moments: [holds({ at: hours(2) + minutes(2), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
