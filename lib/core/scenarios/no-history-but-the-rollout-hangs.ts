import { REPLICAS_MISSING } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const noHistoryButTheRolloutHangs: Scenario = {
  title: '`revisionHistoryLimit: 0`, but the rollout hangs: until it is complete the good revision is there',
  shouldGoBack: true,
  story: aBadDeploy({
    historyLimit: 0,
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD, complete: null },
    ],
    alert: { rule: REPLICAS_MISSING },
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
