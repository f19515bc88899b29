import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const dnsOutage: Scenario = {
  title: 'DNS in the cluster fails: everybody who calls anybody is in trouble',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { began: minutes(7), fired: minutes(9) },
    others: ['cart', 'orders', 'search', 'mail', 'stock'].map((name) => ({ workload: `shop/Deployment/${name}`, began: minutes(6.5) })),
  }),
  moments: [holds({ at: minutes(9), gate: 'not_everyone', reason: 'common_cause' })],
}
