import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const resolvedBeforeDecided: Scenario = {
  title: 'By the time it is decided the alert is over',
  topic: 'resolved before decided',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { resolved: minutes(2.5), received: minutes(3) } }),
  moments: [holds({ at: minutes(3), gate: 'asked', reason: 'recovered_by_itself' })],
}
