import { aBadDeploy, BAD, GOOD } from '../story/an-ordinary-day.ts'
import { callsPeople, type Scenario } from '../story/scenario.ts'
import { days, minutes } from '../story/story-time.ts'

export const ownerUndidTheUndo: Scenario = {
  title: 'Argo CD put the bad version back after our undo, which the policy had allowed: no second try, people are called',
  topic: 'self-healing owner',
  shouldGoBack: false,
  story: aBadDeploy({
    deploys: [
      { at: days(-1), image: GOOD },
      { at: minutes(-30), image: BAD },
      { at: 0, image: BAD },
    ],
    rollbacks: [{ opened: minutes(-28), to: GOOD, undone: minutes(-27.9), ended: minutes(-24), end: 'succeeded' }],
    owner: { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/checkout' } },
    policy: { onOwned: 'warn' },
  }),
  moments: [callsPeople({ at: minutes(2), gate: 'no_loop', reason: 'current_condemned' })],
}
