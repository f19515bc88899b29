import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const pausedAutomation: Scenario = {
  title: 'Automation is paused for a maintenance; a bad deploy waits for its end, and is put back then',
  topic: 'paused',
  shouldGoBack: true,
  story: aBadDeploy({ control: { paused: { from: minutes(-30), to: minutes(20) } } }),
  moments: [isForbidden({ at: minutes(2), gate: 'control', reason: 'paused', again: minutes(20) }), rollsBack(minutes(20), GOOD)],
}
