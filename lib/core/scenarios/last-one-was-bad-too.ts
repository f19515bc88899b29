import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const lastOneWasBadToo: Scenario = {
  title: 'The revision before was in trouble too and stayed; the one before it was good',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-3), image: 'checkout:1.40.0' },
      { at: days(-1), image: GOOD, blamed: true },
      { at: 0, image: BAD },
    ],
  }),
  moments: [rollsBack(minutes(2), 'checkout:1.40.0')],
}
