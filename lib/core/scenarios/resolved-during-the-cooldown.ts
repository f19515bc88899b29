import { aBadDeploy, GOOD } from '../story/an-ordinary-day.ts'
import { holds, isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const resolvedDuringTheCooldown: Scenario = {
  title: 'Held by a cooldown; when that ends the alert is long over',
  topic: 'resolved before decided',
  shouldGoBack: false,
  story: aBadDeploy({
    rollbacks: [{ opened: minutes(-12), to: GOOD, undone: null, ended: minutes(-10), end: 'simulated' }],
    alert: { resolved: minutes(4) },
  }),
  moments: [
    isForbidden({ at: minutes(2), gate: 'cooldown', reason: 'cooling_down', again: minutes(5) }),
    holds({ at: minutes(5), gate: 'asked', reason: 'recovered_by_itself' }),
  ],
}
