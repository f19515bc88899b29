import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const backlogFromTheNight: Scenario = {
  title: 'A backlog from the night made every request slow; a deploy in the middle of it, and minutes later the alert',
  topic: 'older than the deploy',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: {
      rule: P95_LATENCY,
      began: minutes(3),
      fired: minutes(6),
      readings: [
        { at: hours(-3), value: 0.3 },
        { at: minutes(2), value: 0.6 },
      ],
    },
  }),
  moments: [holds({ at: minutes(6), gate: 'not_older', reason: 'condition_before_deploy' })],
}
