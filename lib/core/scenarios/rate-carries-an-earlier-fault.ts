import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const rateCarriesAnEarlierFault: Scenario = {
  title: 'A rate over five minutes goes over its limit after the deploy, on errors from before it',
  topic: 'older than the deploy',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: {
      began: minutes(0.5),
      fired: minutes(2.5),
      readings: [
        { at: days(-1), value: 0.002 },
        { at: minutes(-2), value: 0.2 },
      ],
    },
  }),
  moments: [holds({ at: minutes(2.5), gate: 'not_older', reason: 'condition_before_deploy' })],
}
