import { P95_LATENCY } from '../story/alert-rule.ts'
import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const trafficSurgeOnOneAlone: Scenario = {
  title: 'A flash sale of one article reaches checkout alone, ten minutes after a harmless deploy',
  topic: 'traffic surge',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { rule: P95_LATENCY, began: minutes(10), fired: minutes(13) } }),
  moments: [rollsBack(minutes(13), GOOD)],
  limit: 'traffic then and now is shown to people and not decided by: a deploy can bring more traffic too',
}
