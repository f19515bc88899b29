import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy, BAD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const noisyNeighbour: Scenario = {
  title: 'A batch job on one node takes all its CPU: the pods there are slow, those elsewhere are not',
  topic: 'node failure',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { rule: P95_LATENCY, labels: { namespace: 'shop', pod: 'checkout-a' }, began: minutes(8), fired: minutes(11) },
    pods: [
      { image: BAD, name: 'checkout-a', node: 'node-2', state: 'well' },
      { image: BAD, name: 'checkout-b', node: 'node-1', state: 'well' },
    ],
  }),
  moments: [holds({ at: minutes(11), gate: 'new_pods', reason: 'one_node_fails', again: minutes(11.25) })],
}
