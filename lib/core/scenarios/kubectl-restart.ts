import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const kubectlRestart: Scenario = {
  title: '`kubectl rollout restart` changes `restartedAt` and nothing that runs; a dependency fails two minutes later',
  topic: 'kubectl restart',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: GOOD, annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-05T10:00:00Z' } },
    ],
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'deploy_explains', reason: 'change_not_material' })],
}
