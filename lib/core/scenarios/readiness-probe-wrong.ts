import { REPLICAS_MISSING } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const readinessProbeWrong: Scenario = {
  title: 'The readiness probe asks the wrong path: the rollout gives up after ten minutes, and the alert comes after 45',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD, complete: null, gaveUp: minutes(10) },
    ],
    alert: { rule: REPLICAS_MISSING, began: minutes(35), fired: minutes(45) },
  }),
  moments: [rollsBack(minutes(45), GOOD)],
}
