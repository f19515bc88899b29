import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const shortBlip: Scenario = {
  title: 'A blip of a minute, over before the cluster answers again',
  topic: 'resolved before decided',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { resolved: minutes(2.4) }, silent: { kubernetes: { from: minutes(1.9), to: minutes(2.2) } } }),
  moments: [
    holds({ at: minutes(2), gate: 'workload_found', reason: 'source_silent', again: minutes(2.25) }),
    holds({ at: minutes(2.5), gate: 'asked', reason: 'recovered_by_itself' }),
  ],
}
