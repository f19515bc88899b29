import { REPLICAS_MISSING } from '../story/alert-rule.ts'
import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const imagePullError: Scenario = {
  title: 'The new image cannot be pulled: a tag that nobody pushed',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: 'checkout:1.42.O', complete: null },
    ],
    alert: { rule: REPLICAS_MISSING },
    pods: [
      { image: GOOD, name: 'checkout-old', node: 'node-1', state: 'well' },
      { image: 'checkout:1.42.O', name: 'checkout-new', node: 'node-1', state: 'ImagePullBackOff' },
    ],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
