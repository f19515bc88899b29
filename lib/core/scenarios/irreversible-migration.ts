import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const irreversibleMigration: Scenario = {
  title: 'The deploy ran a migration that the old version cannot read, and says so',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD, annotations: { 'snapback.dev/irreversible': 'true' } },
    ],
  }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'irreversible' })],
}
