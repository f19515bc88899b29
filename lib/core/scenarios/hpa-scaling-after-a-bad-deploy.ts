import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const hpaScalingAfterABadDeploy: Scenario = {
  title: 'The bad release needs more CPU, so that the HPA has scaled it when the alert fires: it is to blame all the same',
  topic: 'HPA scaling',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: { rule: P95_LATENCY, began: minutes(4), fired: minutes(7) },
    pods: ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => ({
      image: BAD,
      name: `checkout-${letter}`,
      node: `node-${letter}`,
      state: letter > 'd' ? 'starting' : 'well',
    })),
  }),
  moments: [rollsBack(minutes(7), GOOD)],
}
