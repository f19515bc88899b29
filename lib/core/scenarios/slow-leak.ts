import { CRASH_LOOP } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const slowLeak: Scenario = {
  title: 'A leak so slow that the pods are killed five hours after the deploy',
  topic: 'slow leak',
  shouldGoBack: true,
  story: aBadDeploy({ alert: { rule: CRASH_LOOP, began: hours(5), fired: hours(5) + minutes(1) } }),
  moments: [holds({ at: hours(5) + minutes(1), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
  limit: 'after five hours much else can be to blame: a rule on the slope sees it in time, or a longer attribution window does',
}
