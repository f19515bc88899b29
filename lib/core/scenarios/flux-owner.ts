import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const fluxOwner: Scenario = {
  title: 'A Flux Kustomization owns the Deployment and would put the bad version back at its next interval',
  topic: 'self-healing owner',
  shouldGoBack: false,
  story: aBadDeploy({
    owner: { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } },
  }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'owner_reverts' })],
}
