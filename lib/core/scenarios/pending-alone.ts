import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const pendingAlone: Scenario = {
  title: 'A delivery of an alert that is only pending in Prometheus, and clears there before its `for` is over',
  topic: 'flapping',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { firesInPrometheus: minutes(9), resolved: minutes(8) } }),
  moments: [
    holds({ at: minutes(2), gate: 'confirmed', reason: 'not_confirmed', again: minutes(2.25) }),
    holds({ at: minutes(4), gate: 'confirmed', reason: 'not_confirmed', again: minutes(5) }),
  ],
}
