import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { isForbidden, rollsBack, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const budgetSpent: Scenario = {
  title: 'Five workloads were rolled back in the last half hour: the breaker is open until the first of them is half an hour old',
  shouldGoBack: true,
  story: aBadDeploy({ rollbacksElsewhere: [minutes(-25), minutes(-20), minutes(-15), minutes(-10), minutes(-5)] }),
  moments: [isForbidden({ at: minutes(2), gate: 'budget', reason: 'budget_spent', again: minutes(5) }), rollsBack(minutes(5), GOOD)],
}
