import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const twoOthersAreNoCommonCause: Scenario = {
  title: 'Two others have trouble at the same time, for reasons of their own',
  shouldGoBack: true,
  story: aBadDeploy({
    others: [
      { workload: 'shop/Deployment/search', began: minutes(1) },
      { workload: 'mail/Deployment/sender', began: minutes(0) },
    ],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
