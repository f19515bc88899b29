import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const argoSyncedByHand: Scenario = {
  title: 'Argo CD owns the Deployment, and its Application says that people sync by hand: an undo sticks until they do',
  shouldGoBack: true,
  story: aBadDeploy({
    owner: { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/checkout' } },
    ownerSays: 'until_next_sync',
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
