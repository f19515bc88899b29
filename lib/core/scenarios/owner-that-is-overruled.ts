import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const ownerThatIsOverruled: Scenario = {
  title: 'Argo CD would undo it again within minutes, and the policy takes those minutes',
  shouldGoBack: true,
  story: aBadDeploy({
    owner: { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/checkout' } },
    policy: { onOwned: 'warn' },
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
