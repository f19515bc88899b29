import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const cooldown: Scenario = {
  title: 'Rolled back ten minutes ago, deployed again, bad again: it waits for the end of the cooldown, and is put back',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-16), image: BAD },
      { at: 0, image: 'checkout:1.42.1' },
    ],
    rollbacks: [{ opened: minutes(-15), to: GOOD, undone: minutes(-14.9), ended: minutes(-10), end: 'succeeded' }],
  }),
  moments: [isForbidden({ at: minutes(2), gate: 'cooldown', reason: 'cooling_down', again: minutes(5) }), rollsBack(minutes(5), GOOD)],
}
