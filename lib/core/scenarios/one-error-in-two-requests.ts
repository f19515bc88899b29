import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { holds, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const oneErrorInTwoRequests: Scenario = {
  title: 'At night one of two requests fails after a deploy: an error rate of 50 % that says nothing',
  topic: 'one error in two requests',
  shouldGoBack: false,
  story: aBadDeploy({
    alert: {
      readings: [
        { at: days(-1), value: 0, requests: 30 },
        { at: minutes(1), value: 0.5, requests: 2 },
      ],
    },
  }),
  moments: [holds({ at: minutes(2), gate: 'confirmed', reason: 'too_few_requests', again: minutes(2.25) })],
}
