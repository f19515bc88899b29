import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const trafficSurge: Scenario = {
  title: 'A campaign brings ten times the traffic; the last deploy was in the morning',
  topic: 'traffic surge',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { rule: P95_LATENCY, began: hours(5), fired: hours(5) + minutes(3) } }),
  moments: [holds({ at: hours(5) + minutes(3), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
