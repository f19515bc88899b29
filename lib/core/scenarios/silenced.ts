import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const silenced: Scenario = {
  title: 'People are mending the database and have silenced the alert for half an hour; it fires two minutes after a harmless deploy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { silence: { from: minutes(1.8), to: minutes(30) } } }),
  moments: [holds({ at: minutes(2), gate: 'confirmed', reason: 'silenced', again: minutes(3) })],
}
