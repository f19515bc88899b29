import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const ambiguousService: Scenario = {
  title: 'The alert says `service="checkout"` without a namespace, and two namespaces have one',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: { labels: { service: 'checkout' } },
    services: { 'shop/checkout': ['shop/checkout'], 'staging/checkout': ['staging/checkout'] },
    deployments: ['staging/checkout'],
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'workload_found', reason: 'workload_ambiguous' })],
  limit: 'the rule drops the namespace: which of the two is meant cannot be told',
}
