import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { ignores, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const doesNotAsk: Scenario = {
  title: 'A warning about a slow batch, without `auto_rollback="true"`, fires two minutes after a deploy',
  shouldGoBack: false,
  story: aBadDeploy({ alert: { doesNotAsk: true } }),
  moments: [ignores({ at: minutes(2), gate: 'asked', reason: 'not_asked' })],
}
