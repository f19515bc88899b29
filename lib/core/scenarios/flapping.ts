import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const flapping: Scenario = {
  title: 'The alert has come and gone all morning; the deploy lies between two of its stretches',
  topic: 'flapping',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: {
      began: minutes(3),
      fired: minutes(5),
      earlier: [
        { from: minutes(-50), to: minutes(-45) },
        { from: minutes(-20), to: minutes(-12) },
      ],
    },
  }),
  moments: [holds({ at: minutes(5), gate: 'not_older', reason: 'condition_before_deploy' })],
}
