import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const freezeWindow: Scenario = {
  title: 'A freeze over the opening of the sale, until 10:30: what is bad waits for its end',
  shouldGoBack: true,
  story: aBadDeploy({
    policy: { freeze: [{ kind: 'weekly', days: ['mon'], from: '09:30', to: '10:30', timeZone: 'UTC', reason: 'the sale opens' }] },
  }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'frozen', again: minutes(30) }), rollsBack(minutes(30), GOOD)],
}
