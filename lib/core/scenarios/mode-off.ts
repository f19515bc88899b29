import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const modeOff: Scenario = {
  title: 'An annotation on the Deployment turns automation off for it',
  shouldGoBack: true,
  story: aBadDeploy({ modeAnnotation: 'off' }),
  moments: [isForbidden({ at: minutes(2), gate: 'control', reason: 'mode_off' })],
}
