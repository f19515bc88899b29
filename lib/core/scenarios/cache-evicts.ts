import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const cacheEvicts: Scenario = {
  title: 'The shared cache evicts all at once; its users go to the database and get slow together',
  topic: 'dependency outage',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { rule: P95_LATENCY, began: minutes(4), fired: minutes(7) },
    others: [
      { workload: 'shop/Deployment/catalogue', began: minutes(2.5) },
      { workload: 'shop/Deployment/search', began: minutes(4) },
      { workload: 'shop/Deployment/cart', began: minutes(5) },
    ],
  }),
  moments: [holds({ at: minutes(7), gate: 'not_everyone', reason: 'common_cause' })],
}
