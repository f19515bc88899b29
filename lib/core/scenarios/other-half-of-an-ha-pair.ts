import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { holds, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes, seconds } from '../story/story-time.ts'

export const otherHalfOfAnHaPair: Scenario = {
  title: 'One Prometheus of a pair has delivered it, the other, which is asked, evaluates ten seconds later',
  shouldGoBack: true,
  story: aBadDeploy({ alert: { firesInPrometheus: minutes(2) + seconds(10) } }),
  moments: [holds({ at: minutes(2), gate: 'confirmed', reason: 'not_confirmed', again: minutes(2.25) }), rollsBack(minutes(2.25), GOOD)],
}
