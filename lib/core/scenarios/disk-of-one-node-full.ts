import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, BAD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const diskOfOneNodeFull: Scenario = {
  title: 'The disk of one node is full: the pod there cannot write, ten minutes after a deploy',
  topic: 'node failure',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { rule: CRASH_LOOP, labels: { namespace: 'shop', pod: 'checkout-b' }, began: minutes(10), fired: minutes(11) },
    pods: [
      { image: BAD, name: 'checkout-a', node: 'node-1', state: 'well' },
      { image: BAD, name: 'checkout-b', node: 'node-2', state: 'CrashLoopBackOff', restarts: 4 },
    ],
  }),
  moments: [
    holds({ at: minutes(11), gate: 'new_pods', reason: 'one_node_fails', again: minutes(11.25) }),
    holds({ at: minutes(13), gate: 'new_pods', reason: 'one_node_fails' }),
  ],
}
