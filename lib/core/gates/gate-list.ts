import { accepted } from './accepted.ts'
import { allowed } from './allowed.ts'
import { asked } from './asked.ts'
import { control } from './control.ts'
import { cooldown } from './cooldown.ts'
import { deployExplains } from './deploy-explains.ts'
import type { Gate } from './gate.ts'
import { noLoop } from './no-loop.ts'
import { notBuilt } from './not-built.ts'
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
  notBuilt('budget', 'control', 1),
  notBuilt('not_everyone', 'evidence', 1),
  allowed,
  notBuilt('confirmed', 'evidence', 2),
  notBuilt('not_older', 'evidence', 2),
  notBuilt('new_pods', 'evidence', 2),
  accepted,
  control,
]
