import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const noReadings: Scenario = {
  title: 'Nothing was scraped before the deploy: the rule reads NaN then, which is not healthy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { readings: [{ at: days(-1), value: null }] } }),
  moments: [holds({ at: minutes(2), gate: 'not_older', reason: 'condition_before_unknown', again: minutes(2.25) })],
}
