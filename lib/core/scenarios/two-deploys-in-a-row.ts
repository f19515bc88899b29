import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const twoDeploysInARow: Scenario = {
  title: 'Two deploys within five minutes, the second is bad; the first has served too short to be trusted',
  topic: 'two deploys in a row',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-5), image: 'checkout:1.41.1' },
      { at: 0, image: BAD },
    ],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
