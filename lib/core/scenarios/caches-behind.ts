import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const cachesBehind: Scenario = {
  title: 'The Deployment is not as our caches had it: it is asked again on what is there',
  shouldGoBack: true,
  story: aBadDeploy({
    patch: [
      { from: 0, answer: 'outdated' },
      { from: minutes(2.1), answer: 'accepted' },
    ],
  }),
  moments: [
    isForbidden({ at: minutes(2), gate: 'accepted', reason: 'cache_behind', again: minutes(2.25) }),
    rollsBack(minutes(2.25), GOOD),
  ],
}
