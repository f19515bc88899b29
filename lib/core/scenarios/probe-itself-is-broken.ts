import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const probeItselfIsBroken: Scenario = {
  title: 'The prober that measures everything is broken: all alerts fire within a minute',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { began: minutes(12), fired: minutes(14) },
    others: ['cart', 'orders', 'search', 'mail'].map((name, index) => ({
      workload: `shop/Deployment/${name}`,
      began: minutes(12 + index / 3),
    })),
  }),
  moments: [holds({ at: minutes(14), gate: 'not_everyone', reason: 'common_cause' })],
}
