import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const nobodyToAsk: Scenario = {
  title: 'Neither Prometheus nor Alertmanager is configured: a delivery with the right token is believed',
  shouldGoBack: true,
  story: aBadDeploy({ notConfigured: ['prometheus', 'alertmanager'] }),
  moments: [rollsBack(minutes(2), GOOD)],
}
