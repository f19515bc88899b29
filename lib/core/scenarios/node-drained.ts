import { REPLICAS_MISSING } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const nodeDrained: Scenario = {
  title: 'The nodes are upgraded one after the other, three days after the last deploy; pods come and go',
  topic: 'node failure',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { rule: REPLICAS_MISSING, began: days(3), fired: days(3) + minutes(1) } }),
  moments: [holds({ at: days(3) + minutes(1), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
