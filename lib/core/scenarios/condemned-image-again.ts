import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const condemnedImageAgain: Scenario = {
  title: 'CI deploys the image that was rolled away from once more, under a new build number',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-60), image: BAD, annotations: { 'ci/build-number': '811' } },
      { at: 0, image: BAD, annotations: { 'ci/build-number': '812' } },
    ],
    rollbacks: [{ opened: minutes(-58), to: GOOD, undone: minutes(-57.9), ended: minutes(-54), end: 'succeeded' }],
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'no_loop', reason: 'current_condemned' })],
  limit: 'what was rolled away from once is not rolled back in a loop with CI: people are called at once',
}
