import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const rolloutTakesAnHour: Scenario = {
  title: 'A rollout over many pods goes on for 50 min; its errors show when enough pods are new',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD, complete: minutes(50) },
    ],
    alert: { began: minutes(45), fired: minutes(47) },
  }),
  moments: [rollsBack(minutes(47), GOOD)],
}
