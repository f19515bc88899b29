import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const noReadings: Scenario = {
  title: 'A dependency has been down for an hour, and nothing was scraped: the rule reads NaN at the deploy, which is not healthy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { readings: [{ at: days(-1), value: null }] } }),
  moments: [holds({ at: minutes(2), gate: 'not_older', reason: 'condition_before_unknown', again: minutes(2.25) })],
}
