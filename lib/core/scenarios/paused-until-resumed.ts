import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const pausedUntilResumed: Scenario = {
  title: 'Automation is paused until somebody resumes it',
  topic: 'paused',
  shouldGoBack: true,
  story: aBadDeploy({ control: { paused: { from: minutes(-30), to: null } } }),
  moments: [isForbidden({ at: minutes(2), gate: 'control', reason: 'paused' })],
}
