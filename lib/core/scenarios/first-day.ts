import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const firstDay: Scenario = {
  title: 'Snapback was installed an hour ago: when the good revision was deployed it reads from its ReplicaSet',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD, seenAfterwards: true },
      { at: 0, image: BAD },
    ],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
