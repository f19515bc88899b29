import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const dependencyOfOneAlone: Scenario = {
  title: 'A provider that checkout alone uses goes down 15 min after a harmless deploy',
  topic: 'dependency outage',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: minutes(15), fired: minutes(17) } }),
  moments: [rollsBack(minutes(17), GOOD)],
  limit: 'nobody else is in trouble, it began after the deploy, and whom a service calls is not known: nothing tells it from a bad deploy',
}
