import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const rolledBackToRevisionFails: Scenario = {
  title: 'It fails on after the rollback, with the revision that was good: going back further helps nobody',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-3), image: 'checkout:1.40.0' },
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD },
    ],
    rollbacks: [{ opened: minutes(2), to: GOOD, undone: minutes(2.1), ended: minutes(8), end: 'failed' }],
    alert: { rule: P95_LATENCY, began: minutes(24), fired: minutes(27) },
  }),
  moments: [callsPeople({ at: minutes(27), gate: 'no_loop', reason: 'current_was_rolled_back_to' })],
}
