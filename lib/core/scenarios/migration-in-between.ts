import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const migrationInBetween: Scenario = {
  title: 'The migration came with the deploy before: going back two would pass it',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-2), image: 'checkout:1.40.0' },
      { at: minutes(-5), image: GOOD, annotations: { 'snapback.dev/irreversible': 'true' } },
      { at: 0, image: BAD },
    ],
  }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'irreversible' })],
}
