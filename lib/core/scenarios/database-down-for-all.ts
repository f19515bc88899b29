import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const databaseDownForAll: Scenario = {
  title: 'The database is down for all: whatever uses it fails within half a minute, one of them has just been deployed',
  topic: 'database down for all',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { began: minutes(1), fired: minutes(3) },
    others: ['orders', 'cart', 'accounts', 'search'].map((name) => ({ workload: `shop/Deployment/${name}`, began: minutes(1.5) })),
  }),
  moments: [holds({ at: minutes(3), gate: 'not_everyone', reason: 'common_cause' })],
}
