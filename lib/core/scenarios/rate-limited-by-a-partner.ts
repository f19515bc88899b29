import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const rateLimitedByAPartner: Scenario = {
  title: 'A partner limits our rate from the top of the hour on, 50 min after a deploy',
  topic: 'dependency outage',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: minutes(50), fired: minutes(52) } }),
  moments: [holds({ at: minutes(52), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
