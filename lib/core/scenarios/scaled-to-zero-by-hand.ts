import { REPLICAS_MISSING } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const scaledToZeroByHand: Scenario = {
  title: 'Somebody scales checkout to zero for a test; nothing was deployed for hours',
  topic: 'HPA scaling',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { rule: REPLICAS_MISSING, began: hours(4), fired: hours(4) + minutes(1) } }),
  moments: [holds({ at: hours(4) + minutes(1), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
