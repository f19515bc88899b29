import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const oldPodNamedByTheAlert: Scenario = {
  title: 'The alert names a pod of the old revision, which the rollout is about to take away',
  topic: 'old pods failing during a rollout',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD, complete: minutes(6) },
    ],
    alert: { rule: CRASH_LOOP, labels: { namespace: 'shop', pod: 'checkout-old' } },
    pods: [
      { image: GOOD, name: 'checkout-old', node: 'node-1', state: 'CrashLoopBackOff', restarts: 4 },
      { image: BAD, name: 'checkout-new', node: 'node-2', state: 'well' },
    ],
  }),
  moments: [holds({ at: minutes(2), gate: 'new_pods', reason: 'older_pods_fail' })],
}
