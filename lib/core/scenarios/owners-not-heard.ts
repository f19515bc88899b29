import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const ownersNotHeard: Scenario = {
  title: 'For a minute the API server does not say whether a Canary or a Rollout takes the Deployment over; then it says that none does',
  shouldGoBack: true,
  story: aBadDeploy({ silent: { owners: { from: minutes(1.9), to: minutes(3) } } }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'source_silent', again: minutes(2.25) }), rollsBack(minutes(3), GOOD)],
}
