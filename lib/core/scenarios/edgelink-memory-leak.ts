import { MEMORY_SLOPE } from '../story/alert-rule.ts'
import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes, seconds } from '../story/story-time.ts'

export const edgelinkMemoryLeak: Scenario = {
  title: 'EdgeLink: memory grows from 40 % to 95 % of its limit in 15 min; the slope is seen after three, with nobody hurt',
  topic: 'EdgeLink: memory leak',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: {
      rule: MEMORY_SLOPE,
      began: seconds(150),
      fired: minutes(3),
      readings: [
        { at: 0, value: 0.4 },
        { at: minutes(2), value: 0.98 },
      ],
    },
  }),
  moments: [rollsBack(minutes(3), GOOD)],
}
