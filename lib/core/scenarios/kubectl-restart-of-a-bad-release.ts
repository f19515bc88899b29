import { MEMORY_SLOPE } from '../story/alert-rule.ts'
import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const kubectlRestartOfABadRelease: Scenario = {
  title: 'Somebody restarts a leaking release to win time; it fails again after the restart',
  topic: 'kubectl restart',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-40), image: BAD },
      { at: 0, image: BAD, annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-05T10:00:00Z' } },
    ],
    alert: { rule: MEMORY_SLOPE, began: minutes(10), fired: minutes(11) },
  }),
  moments: [callsPeople({ at: minutes(11), gate: 'deploy_explains', reason: 'change_not_material' })],
  limit: 'the deploy before the restart may be to blame or not: people are called at once and decide',
}
