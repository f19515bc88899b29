import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const twoDeploysInARowFirstIsBad: Scenario = {
  title: 'The first of two deploys is bad, and the second, with the same fault in it, comes before the alert',
  topic: 'two deploys in a row',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-3), image: 'checkout:1.41.1' },
      { at: 0, image: BAD },
    ],
    alert: { began: minutes(-2), fired: minutes(1) },
  }),
  moments: [holds({ at: minutes(1), gate: 'deploy_explains', reason: 'older_than_deploy' })],
  limit: 'the last deploy may be the fix, so what is older than it is laid to nobody',
}
