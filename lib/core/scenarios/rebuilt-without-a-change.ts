import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const rebuiltWithoutAChange: Scenario = {
  title: 'The pipeline deploys the same image again under a new commit and job number, while a dependency is down',
  topic: 'kubectl restart',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD, annotations: { 'ci/git-sha': 'c0ffee1', 'ci/job-id': '17' } },
      { at: 0, image: GOOD, annotations: { 'ci/git-sha': 'c0ffee2', 'ci/job-id': '18' } },
    ],
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'deploy_explains', reason: 'change_not_material' })],
}
