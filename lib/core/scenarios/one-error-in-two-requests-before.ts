import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const oneErrorInTwoRequestsBefore: Scenario = {
  title: 'One of two requests failed at the time of the deploy, as they had all night; that it was so cannot be told from two',
  topic: 'one error in two requests',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: {
      readings: [
        { at: days(-1), value: 0.5, requests: 2 },
        { at: minutes(1), value: 0.3, requests: 60 },
      ],
    },
  }),
  moments: [holds({ at: minutes(2), gate: 'not_older', reason: 'condition_before_unknown', again: minutes(2.25) })],
}
