import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const ownedByAController: Scenario = {
  title: 'The Deployment belongs to a custom resource whose controller writes it',
  topic: 'self-healing owner',
  shouldGoBack: false,
  story: aBadDeploy({ owner: { controller: { kind: 'WebShop', name: 'checkout' } } }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'owner_reverts' })],
}
