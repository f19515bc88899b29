import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const latencyCreptUpBefore: Scenario = {
  title: 'The latency has crept up all morning and stood at 400 ms at the deploy; soon after it crosses 500',
  topic: 'older than the deploy',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: {
      rule: P95_LATENCY,
      began: minutes(6),
      fired: minutes(9),
      readings: [
        { at: hours(-2), value: 0.2 },
        { at: minutes(-1), value: 0.4 },
      ],
    },
  }),
  moments: [holds({ at: minutes(9), gate: 'not_older', reason: 'condition_before_deploy' })],
}
