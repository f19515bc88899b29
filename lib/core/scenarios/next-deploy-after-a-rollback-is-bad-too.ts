import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const nextDeployAfterARollbackIsBadToo: Scenario = {
  title: 'Rolled back, healed, and half an hour later a new version with the same fault: that one is a new deploy',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-40), image: BAD },
      { at: 0, image: 'checkout:1.42.1' },
    ],
    rollbacks: [{ opened: minutes(-38), to: GOOD, undone: minutes(-37.9), ended: minutes(-33), end: 'succeeded' }],
    alert: { earlier: [{ from: minutes(-39), to: minutes(-36) }] },
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
