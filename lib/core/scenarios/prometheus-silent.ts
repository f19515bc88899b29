import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { holds, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const prometheusSilent: Scenario = {
  title: 'Prometheus does not answer when it is asked, and is back after a minute',
  shouldGoBack: true,
  story: aBadDeploy({ silent: { prometheus: { from: minutes(1.9), to: minutes(3) } } }),
  moments: [holds({ at: minutes(2), gate: 'confirmed', reason: 'source_silent', again: minutes(2.25) }), rollsBack(minutes(3), GOOD)],
}
