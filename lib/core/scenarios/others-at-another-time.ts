import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const othersAtAnotherTime: Scenario = {
  title: 'Five others have been in trouble for half an hour; that of checkout begins with its deploy',
  shouldGoBack: true,
  story: aBadDeploy({
    others: ['cart', 'orders', 'search', 'mail', 'stock'].map((name) => ({ workload: `shop/Deployment/${name}`, began: minutes(-30) })),
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
