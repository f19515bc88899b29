import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const serviceSelectsAnotherName: Scenario = {
  title: 'The alert names a Service whose selector leads to a Deployment of another name',
  topic: 'renamed service',
  shouldGoBack: true,
  story: aBadDeploy({ alert: { labels: { service: 'pay-here' } }, services: { 'shop/pay-here': ['shop/checkout'] } }),
  moments: [rollsBack(minutes(2), GOOD)],
}
