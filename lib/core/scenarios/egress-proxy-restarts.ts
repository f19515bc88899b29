import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const egressProxyRestarts: Scenario = {
  title: 'The egress proxy restarts: whoever calls the outside fails for some minutes',
  topic: 'dependency outage',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: { began: minutes(9), fired: minutes(11), resolved: minutes(16) },
    others: [
      { workload: 'shop/Deployment/refunds', began: minutes(9) },
      { workload: 'mail/Deployment/sender', began: minutes(9.5) },
      { workload: 'billing/Deployment/invoices', began: minutes(10) },
    ],
  }),
  moments: [holds({ at: minutes(11), gate: 'not_everyone', reason: 'common_cause' })],
}
