import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const edgelinkMemoryLeakSeenLate: Scenario = {
  title:
    'EdgeLink: the same leak with the crash rule alone is seen after the OOM kill, a quarter of an hour late and still to blame on the deploy',
  topic: 'EdgeLink: memory leak',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: { rule: CRASH_LOOP, labels: { namespace: 'shop', pod: 'checkout-a' }, began: minutes(16), fired: minutes(17) },
    pods: [
      { image: BAD, name: 'checkout-a', node: 'node-1', state: 'OOMKilled', restarts: 1, from: minutes(15) },
      { image: BAD, name: 'checkout-b', node: 'node-2', state: 'OOMKilled', restarts: 1, from: minutes(15) },
    ],
  }),
  moments: [rollsBack(minutes(17), GOOD)],
}
