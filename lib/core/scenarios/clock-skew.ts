import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { holds, rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes, seconds } from '../story/story-time.ts'

export const clockSkew: Scenario = {
  title: 'Our clock is nine seconds off and the trouble began within them: before or after the deploy cannot be told',
  topic: 'clock skew',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: { began: seconds(4), fired: minutes(2) },
    clockSkew: { by: seconds(9), from: days(-1), to: minutes(3) },
  }),
  moments: [holds({ at: minutes(2), gate: 'deploy_explains', reason: 'clocks_differ', again: minutes(2.25) }), rollsBack(minutes(3), GOOD)],
}
