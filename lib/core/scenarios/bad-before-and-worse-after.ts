import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const badBeforeAndWorseAfter: Scenario = {
  title: 'Three per cent failed before the deploy, twelve after it',
  topic: 'older than the deploy',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: {
      readings: [
        { at: days(-1), value: 0.03 },
        { at: minutes(1), value: 0.12 },
      ],
    },
  }),
  moments: [holds({ at: minutes(2), gate: 'not_older', reason: 'condition_before_deploy' })],
  limit: 'more than half of the threshold before the deploy counts as there already: whether it grew is not weighed',
}
