import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const ownerHeardTooLate: Scenario = {
  title: 'A HelmRelease owns the Deployment; that it mends drift is read only after a minute of silence',
  shouldGoBack: false,
  story: aBadDeploy({
    owner: { labels: { 'helm.toolkit.fluxcd.io/name': 'checkout', 'helm.toolkit.fluxcd.io/namespace': 'shop' } },
    ownerSays: 'reverted',
    silent: { owners: { from: minutes(1.9), to: minutes(3) } },
  }),
  moments: [
    isForbidden({ at: minutes(2), gate: 'allowed', reason: 'source_silent', again: minutes(2.25) }),
    isForbidden({ at: minutes(3), gate: 'allowed', reason: 'owner_reverts' }),
  ],
}
