import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { holds, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const apiServerSilent: Scenario = {
  title: 'The API server does not answer for a minute',
  shouldGoBack: true,
  story: aBadDeploy({ silent: { kubernetes: { from: minutes(1), to: minutes(3) } } }),
  moments: [holds({ at: minutes(2), gate: 'workload_found', reason: 'source_silent', again: minutes(2.25) }), rollsBack(minutes(3), GOOD)],
}
