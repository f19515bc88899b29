import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const edgelinkLibraryUpgrade: Scenario = {
  title: 'EdgeLink: a library upgrade takes the 95th percentile from 150 to 800 ms',
  topic: 'EdgeLink: library upgrade',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: {
      rule: P95_LATENCY,
      began: minutes(1),
      fired: minutes(4),
      readings: [
        { at: days(-1), value: 0.15 },
        { at: minutes(1), value: 0.8 },
      ],
    },
  }),
  moments: [rollsBack(minutes(4), GOOD)],
}
