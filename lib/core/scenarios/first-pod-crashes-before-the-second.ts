import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { holds, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const firstPodCrashesBeforeTheSecond: Scenario = {
  title: 'One new pod crashes before the other: first it looks like its node, half a minute later it does not',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: { rule: CRASH_LOOP },
    pods: [
      { image: BAD, name: 'checkout-a', node: 'node-1', state: 'CrashLoopBackOff', restarts: 1, from: minutes(1) },
      { image: BAD, name: 'checkout-c', node: 'node-2', state: 'well' },
      { image: BAD, name: 'checkout-b', node: 'node-2', state: 'CrashLoopBackOff', restarts: 1, from: minutes(2.2) },
    ],
  }),
  moments: [holds({ at: minutes(2), gate: 'new_pods', reason: 'one_node_fails', again: minutes(2.25) }), rollsBack(minutes(2.25), GOOD)],
}
