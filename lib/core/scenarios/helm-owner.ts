import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const helmOwner: Scenario = {
  title: 'Helm installed it: an undo sticks until the next upgrade',
  shouldGoBack: true,
  story: aBadDeploy({ owner: { annotations: { 'meta.helm.sh/release-name': 'checkout', 'meta.helm.sh/release-namespace': 'shop' } } }),
  moments: [rollsBack(minutes(2), GOOD)],
}
