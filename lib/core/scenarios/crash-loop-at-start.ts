import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const crashLoopAtStart: Scenario = {
  title: 'The new pods crash as they start; the rollout hangs and the old pods serve on',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD, complete: null },
    ],
    alert: { rule: CRASH_LOOP, labels: { namespace: 'shop', pod: 'checkout-new' } },
    pods: [
      { image: GOOD, name: 'checkout-old', node: 'node-1', state: 'well' },
      { image: BAD, name: 'checkout-new', node: 'node-2', state: 'CrashLoopBackOff', restarts: 3 },
    ],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
