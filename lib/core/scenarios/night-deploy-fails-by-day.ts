import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { holds, rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const nightDeployFailsByDay: Scenario = {
  title: 'A bad night deploy: two requests say nothing, and a minute later there are enough of them',
  topic: 'one error in two requests',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: {
      readings: [
        { at: days(-1), value: 0, requests: 30 },
        { at: minutes(1), value: 1, requests: 2 },
        { at: minutes(3), value: 0.9, requests: 40 },
      ],
    },
  }),
  moments: [holds({ at: minutes(2), gate: 'confirmed', reason: 'too_few_requests', again: minutes(2.25) }), rollsBack(minutes(3), GOOD)],
}
