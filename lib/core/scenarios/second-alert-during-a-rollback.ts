import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const secondAlertDuringARollback: Scenario = {
  title: 'A second alert of the same workload comes while it is rolled back: it joins, and nothing more is done',
  shouldGoBack: true,
  story: aBadDeploy({
    rollbacks: [{ opened: minutes(2), to: GOOD, undone: null, ended: null, end: 'succeeded' }],
    alert: { rule: P95_LATENCY, began: minutes(1), fired: minutes(2.1) },
  }),
  moments: [isForbidden({ at: minutes(2.1), gate: 'nothing_open', reason: 'rollback_open' })],
}
