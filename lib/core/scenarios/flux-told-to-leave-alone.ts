import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const fluxToldToLeaveAlone: Scenario = {
  title: 'Flux is told to leave this Deployment alone, so that an undo sticks',
  shouldGoBack: true,
  story: aBadDeploy({
    owner: {
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
    },
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
