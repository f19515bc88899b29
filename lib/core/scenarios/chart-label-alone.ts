import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const chartLabelAlone: Scenario = {
  title: 'A new version of the chart changes the label `helm.sh/chart` and nothing else; then a node is slow',
  topic: 'kubectl restart',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD, annotations: { 'helm.sh/chart': 'checkout-1.0.0' } },
      { at: 0, image: GOOD, annotations: { 'helm.sh/chart': 'checkout-1.0.1' } },
    ],
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'deploy_explains', reason: 'change_not_material' })],
}
