import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const hourlyCronPeak: Scenario = {
  title: 'Every hour a report makes checkout slow for a few minutes; this time 20 min after a deploy',
  topic: 'flapping',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { rule: P95_LATENCY, began: minutes(20), fired: minutes(23), earlier: [{ from: minutes(-40), to: minutes(-34) }] },
  }),
  moments: [holds({ at: minutes(23), gate: 'not_older', reason: 'condition_before_deploy' })],
}
