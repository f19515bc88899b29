import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const canaryFails: Scenario = {
  title: 'The canary is a Deployment of its own and fails: the canary goes back, the stable one is not touched',
  shouldGoBack: true,
  story: aBadDeploy({
    workload: 'shop/checkout-canary',
    alert: { labels: { namespace: 'shop', deployment: 'checkout-canary' } },
    deployments: ['shop/checkout'],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
