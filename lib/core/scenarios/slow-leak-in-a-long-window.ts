import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const slowLeakInALongWindow: Scenario = {
  title: 'A workload that is known to leak slowly has an attribution window of eight hours',
  topic: 'slow leak',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: { rule: CRASH_LOOP, began: hours(5), fired: hours(5) + minutes(1) },
    policy: { attributionWindowMs: hours(8) },
  }),
  moments: [rollsBack(hours(5) + minutes(1), GOOD)],
}
