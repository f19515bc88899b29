import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const trafficSurgeAfterADeploy: Scenario = {
  title: 'The campaign begins ten minutes after a deploy of checkout; everything from the gateway down gets slow together',
  topic: 'traffic surge',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { rule: P95_LATENCY, began: minutes(10), fired: minutes(13) },
    others: [
      { workload: 'edge/Deployment/gateway', began: minutes(9) },
      { workload: 'shop/Deployment/cart', began: minutes(10) },
      { workload: 'shop/Deployment/catalogue', began: minutes(11) },
    ],
  }),
  moments: [holds({ at: minutes(13), gate: 'not_everyone', reason: 'common_cause' })],
}
