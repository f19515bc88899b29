import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const deletedDeployment: Scenario = {
  title: 'The Deployment was deleted while its alert fired',
  topic: 'deleted Deployment',
  shouldGoBack: false,
  story: aBadDeploy({ deleted: minutes(1.5) }),
  moments: [callsPeople({ at: minutes(2), gate: 'workload_found', reason: 'workload_not_found' })],
}
