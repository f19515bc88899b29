import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { hours, minutes } from '../story/story-time.ts'

export const configChangeWithoutADeploy: Scenario = {
  title:
    'Somebody edits a ConfigMap that the pods read at run time; the last deploy was six hours ago, and a rollback would not bring it back',
  topic: 'config change',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { began: hours(6), fired: hours(6) + minutes(2) } }),
  moments: [holds({ at: hours(6) + minutes(2), gate: 'deploy_explains', reason: 'outside_attribution_window' })],
}
