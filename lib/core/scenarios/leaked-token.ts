import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const leakedToken: Scenario = {
  title: 'Somebody with the webhook token makes up an alert, to have a security fix undone',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { firesInPrometheus: null } }),
  moments: [
    holds({ at: minutes(2), gate: 'confirmed', reason: 'not_confirmed', again: minutes(2.25) }),
    holds({ at: minutes(4), gate: 'confirmed', reason: 'not_confirmed' }),
  ],
}
