import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { proposes, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const modeSuggest: Scenario = {
  title: 'The policy says suggest: a person is asked',
  shouldGoBack: true,
  story: aBadDeploy({ policy: { mode: 'suggest' } }),
  moments: [proposes(minutes(2), GOOD)],
}
