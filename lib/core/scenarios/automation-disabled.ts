import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const automationDisabled: Scenario = {
  title: 'Automation is disabled by configuration',
  shouldGoBack: true,
  story: aBadDeploy({ control: { disabled: true } }),
  moments: [isForbidden({ at: minutes(2), gate: 'control', reason: 'automation_disabled' })],
}
