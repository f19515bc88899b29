import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const selfHealingOwner: Scenario = {
  title: 'Argo CD owns the Deployment and heals it: an undo would last five seconds',
  topic: 'self-healing owner',
  shouldGoBack: false,
  story: aBadDeploy({ owner: { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/checkout' } } }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'owner_reverts' })],
}
