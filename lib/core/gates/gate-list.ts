import { accepted } from './accepted.ts'
import { allowed } from './allowed.ts'
import { asked } from './asked.ts'
import { budget } from './budget.ts'
import { confirmed } from './confirmed.ts'
import { control } from './control.ts'
import { cooldown } from './cooldown.ts'
import { deployExplains } from './deploy-explains.ts'
import type { Gate } from './gate.ts'
import { newPods } from './new-pods.ts'
import { noLoop } from './no-loop.ts'
import { notEveryone } from './not-everyone.ts'
import { notOlder } from './not-older.ts'
import { nothingOpen } from './nothing-open.ts'
import { target } from './target.ts'
import { workloadFound } from './workload-found.ts'

/** Reading this list is reading the policy. */
export const GATES: readonly Gate[] = [
  asked,
  workloadFound,
  deployExplains,
  nothingOpen,
  target,
  noLoop,
  cooldown,
  budget,
  notEveryone,
  allowed,
  confirmed,
  notOlder,
  newPods,
  accepted,
  control,
]
