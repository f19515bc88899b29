import { aBadDeploy, BAD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const deletedAndMadeAgain: Scenario = {
  title: 'The Deployment was deleted and made again: its history went with it',
  topic: 'deleted Deployment',
  shouldGoBack: false,
  story: aBadDeploy({ deploys: [{ at: 0, image: BAD }] }),
  moments: [callsPeople({ at: minutes(2), gate: 'target', reason: 'no_target' })],
}
