import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const patchRefused: Scenario = {
  title: 'A quota or an admission webhook refuses the patch',
  shouldGoBack: true,
  story: aBadDeploy({ patch: [{ from: 0, answer: 'refused' }] }),
  moments: [isForbidden({ at: minutes(2), gate: 'accepted', reason: 'patch_refused' })],
}
