import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const prometheusSilentAndGoOn: Scenario = {
  title: 'Prometheus went down with the bad deploy, and the policy goes on when blind',
  shouldGoBack: true,
  story: aBadDeploy({ silent: { prometheus: { from: minutes(1.9), to: null } }, policy: { whenBlind: 'go_on' } }),
  moments: [rollsBack(minutes(2), GOOD)],
}
