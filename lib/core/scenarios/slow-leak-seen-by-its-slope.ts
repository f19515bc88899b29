import { MEMORY_SLOPE } from '../story/alert-rule.ts'
import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const slowLeakSeenByItsSlope: Scenario = {
  title: 'The same leak, seen after 25 min by where its slope leads to',
  topic: 'slow leak',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: {
      rule: MEMORY_SLOPE,
      began: minutes(25),
      fired: minutes(25.5),
      readings: [
        { at: 0, value: 0.38 },
        { at: minutes(25), value: 0.97 },
      ],
    },
  }),
  moments: [rollsBack(minutes(25.5), GOOD)],
}
