import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const historyOfOne: Scenario = {
  title: '`revisionHistoryLimit: 1` and two deploys in a row: the one that is left has the same fault, and served too short to show it',
  shouldGoBack: false,
  story: aBadDeploy({
    historyLimit: 1,
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-4), image: 'checkout:1.41.1' },
      { at: 0, image: BAD },
    ],
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'target', reason: 'target_unproven' })],
}
