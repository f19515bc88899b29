import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const anotherWorkloadWasDeployed: Scenario = {
  title: 'A deploy of payments breaks checkout, which was deployed three days ago: checkout is not put back',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-9), image: GOOD },
      { at: days(-3), image: BAD },
    ],
    others: [{ workload: 'shop/Deployment/payments', began: minutes(0.5) }],
  }),
  moments: [holds({ at: minutes(2), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
