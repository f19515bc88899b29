import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const badRelease: Scenario = {
  title: 'A bad release: a fifth of the requests fail from the first minute on',
  shouldGoBack: true,
  story: aBadDeploy(),
  moments: [rollsBack(minutes(2), GOOD)],
}
