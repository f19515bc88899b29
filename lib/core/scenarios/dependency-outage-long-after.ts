import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const dependencyOutageLongAfter: Scenario = {
  title: 'A dependency is down two days after the last deploy',
  topic: 'dependency outage',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: days(2), fired: days(2) + minutes(2) } }),
  moments: [holds({ at: days(2) + minutes(2), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
