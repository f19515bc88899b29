import { aBadDeploy } from '../story/an-ordinary-day.ts'
import { isForbidden, type Scenario } from '../story/scenario.ts'
import { minutes } from '../story/story-time.ts'

export const admissionWithoutDryRun: Scenario = {
  title: 'An admission webhook cannot be asked without side effects: whether it lets the patch pass is not known',
  shouldGoBack: true,
  story: aBadDeploy({ patch: [{ from: 0, answer: 'no_dry_run' }] }),
  moments: [isForbidden({ at: minutes(2), gate: 'accepted', reason: 'admission_without_dry_run', again: minutes(2.25) })],
}
