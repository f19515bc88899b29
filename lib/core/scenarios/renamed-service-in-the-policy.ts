import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const renamedServiceInThePolicy: Scenario = {
  title: 'The alert says `service="basket"`, and the policy says that this is checkout',
  topic: 'renamed service',
  shouldGoBack: true,
  story: aBadDeploy({
    alert: { labels: { service: 'basket' } },
    policy: { services: [{ service: 'basket', namespace: null, workload: { namespace: 'shop', name: 'checkout' } }] },
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
