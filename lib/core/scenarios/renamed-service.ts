import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const renamedService: Scenario = {
  title: 'The alert still says `service="basket"`, which was renamed to checkout: people have to say what it means',
  topic: 'renamed service',
  shouldGoBack: true,
  story: aBadDeploy({ alert: { labels: { service: 'basket' } } }),
  moments: [callsPeople({ at: minutes(2), gate: 'workload_found', reason: 'workload_not_found' })],
  limit: 'no name leads from the alert to the Deployment: nothing is guessed',
}
