import { REPLICAS_MISSING } from '../story/alert-rule.ts'
import { aBadDeploy, BAD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const zoneOutage: Scenario = {
  title: 'A zone loses its network: pods on two of four nodes fail, of checkout and of everybody else',
  topic: 'node failure',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { rule: REPLICAS_MISSING, began: minutes(6), fired: minutes(7) },
    pods: [
      { image: BAD, name: 'checkout-a', node: 'zone-a-1', state: 'NodeLost' },
      { image: BAD, name: 'checkout-b', node: 'zone-a-2', state: 'NodeLost' },
      { image: BAD, name: 'checkout-c', node: 'zone-b-1', state: 'well' },
    ],
    others: ['cart', 'orders', 'search'].map((name) => ({ workload: `shop/Deployment/${name}`, began: minutes(6) })),
  }),
  moments: [holds({ at: minutes(7), gate: 'not_everyone', reason: 'common_cause' })],
}
