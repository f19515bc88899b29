import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const configChange: Scenario = {
  title: 'A changed variable in the template points at a host that does not exist; the image is the same',
  topic: 'config change',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD, env: { PAYMENTS_URL: 'http://payments' } },
      { at: 0, image: GOOD, env: { PAYMENTS_URL: 'http://paymets' } },
    ],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
