import { REPLICAS_MISSING } from '../story/alert-rule.ts'
import { aBadDeploy, BAD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const nodeFailure: Scenario = {
  title: 'A node is lost five minutes after a deploy; the pods on the other nodes are well',
  topic: 'node failure',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { rule: REPLICAS_MISSING, began: minutes(5), fired: minutes(6) },
    pods: [
      { image: BAD, name: 'checkout-a', node: 'node-3', state: 'NodeLost' },
      { image: BAD, name: 'checkout-b', node: 'node-3', state: 'NodeLost' },
      { image: BAD, name: 'checkout-c', node: 'node-1', state: 'well' },
    ],
  }),
  moments: [
    holds({ at: minutes(6), gate: 'new_pods', reason: 'one_node_fails', again: minutes(6.25) }),
    holds({ at: minutes(8), gate: 'new_pods', reason: 'one_node_fails' }),
  ],
}
