import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const oldPodsFailDuringARollout: Scenario = {
  title: 'While the rollout goes on, pods of the old revision crash in the same way',
  topic: 'old pods failing during a rollout',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD, complete: null },
    ],
    alert: { rule: CRASH_LOOP, labels: { namespace: 'shop', pod: 'checkout-new' } },
    pods: [
      { image: GOOD, name: 'checkout-old', node: 'node-1', state: 'CrashLoopBackOff', restarts: 2 },
      { image: BAD, name: 'checkout-new', node: 'node-2', state: 'CrashLoopBackOff', restarts: 1 },
    ],
  }),
  moments: [holds({ at: minutes(2), gate: 'new_pods', reason: 'older_pods_fail' })],
}
