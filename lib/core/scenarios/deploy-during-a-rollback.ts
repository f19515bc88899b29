import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const deployDuringARollback: Scenario = {
  title: 'A deploy with the same fault lands while the rollback is under way, and stays; people are called, in spite of the cooldown',
  topic: 'deploy during a rollback',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: 0, image: BAD },
      { at: minutes(2.5), image: 'checkout:1.42.1' },
    ],
    rollbacks: [{ opened: minutes(2), to: GOOD, undone: null, ended: minutes(2.6), end: 'superseded' }],
  }),
  moments: [
    holds({ at: minutes(3), gate: 'deploy_explains', reason: 'new_deploy_while_firing', again: minutes(8) }),
    callsPeople({ at: minutes(8), gate: 'deploy_explains', reason: 'fires_on_after_deploy' }),
  ],
  limit: 'the trouble is older than the last deploy, which may have been the fix: whether it was, people say',
}
