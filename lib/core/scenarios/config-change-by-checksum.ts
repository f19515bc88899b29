import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const configChangeByChecksum: Scenario = {
  title: 'A chart puts the checksum of a ConfigMap on the template: new configuration is a deploy, and it is bad',
  topic: 'config change',
  shouldGoBack: true,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD, annotations: { 'checksum/config': '5f3a' } },
      { at: 0, image: GOOD, annotations: { 'checksum/config': '9c1e' } },
    ],
  }),
  moments: [rollsBack(minutes(2), GOOD)],
}
