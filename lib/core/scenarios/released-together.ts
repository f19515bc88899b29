import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const releasedTogether: Scenario = {
  title: 'Four services are released together with the same broken library',
  shouldGoBack: true,
  story: aBadDeploy({
    others: ['cart', 'orders', 'search'].map((name) => ({ workload: `shop/Deployment/${name}`, began: minutes(1) })),
  }),
  moments: [holds({ at: minutes(2), gate: 'not_everyone', reason: 'common_cause' })],
  limit: 'from one workload it looks like an outage of all: that they were released together is shown, and people decide',
}
