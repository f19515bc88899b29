import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { holds, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const alertmanagerSilent: Scenario = {
  title: 'Alertmanager delivers and does not answer: whether somebody silenced it cannot be told yet',
  shouldGoBack: true,
  story: aBadDeploy({ silent: { alertmanager: { from: minutes(2), to: minutes(4) } } }),
  moments: [holds({ at: minutes(2), gate: 'confirmed', reason: 'source_silent', again: minutes(2.25) }), rollsBack(minutes(4), GOOD)],
}
