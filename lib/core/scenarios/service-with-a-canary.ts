import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const serviceWithACanary: Scenario = {
  title: 'A dependency fails, and the Service selects the stable Deployment and its canary: whom the alert means is not said',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { labels: { namespace: 'shop', service: 'checkout' } },
    services: { 'shop/checkout': ['shop/checkout', 'shop/checkout-canary'] },
    deployments: ['shop/checkout-canary'],
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'workload_found', reason: 'workload_ambiguous' })],
}
