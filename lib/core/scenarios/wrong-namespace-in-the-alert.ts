import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const wrongNamespaceInTheAlert: Scenario = {
  title: 'The prober fails, and its alert names a Deployment checkout in its own namespace, where there is none',
  topic: 'renamed service',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { labels: { namespace: 'monitoring', deployment: 'checkout' } } }),
  moments: [callsPeople({ at: minutes(2), gate: 'workload_found', reason: 'workload_not_found' })],
}
