import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const hpaScaling: Scenario = {
  title: 'The HPA scales checkout from 2 to 10, and the cold pods are slow; nothing was deployed since yesterday',
  topic: 'HPA scaling',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { rule: P95_LATENCY, began: days(1), fired: days(1) + minutes(3) } }),
  moments: [holds({ at: days(1) + minutes(3), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
