import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const pausedDeployment: Scenario = {
  title: 'Somebody ran `kubectl rollout pause`: the Deployment is theirs',
  topic: 'paused',
  shouldGoBack: true,
  story: aBadDeploy({ deploymentPaused: true }),
  moments: [isForbidden({ at: minutes(2), gate: 'allowed', reason: 'deployment_paused' })],
}
