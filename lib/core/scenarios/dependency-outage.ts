import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const dependencyOutage: Scenario = {
  title: 'The payment provider is down: checkout and three others fail at once, 20 min after checkout was deployed',
  topic: 'dependency outage',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { began: minutes(20), fired: minutes(22) },
    others: [
      { workload: 'shop/Deployment/orders', began: minutes(20) },
      { workload: 'shop/Deployment/refunds', began: minutes(20.5) },
      { workload: 'billing/Deployment/invoices', began: minutes(21) },
    ],
  }),
  moments: [holds({ at: minutes(22), gate: 'not_everyone', reason: 'common_cause' })],
}
