import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const passwordRotated: Scenario = {
  title: 'A database password is rotated by hand; checkout, deployed yesterday, cannot sign in any more',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: hours(26), fired: hours(26) + minutes(2) } }),
  moments: [holds({ at: hours(26) + minutes(2), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
