import { isHeldBy } from '../../lib/client/decisions.ts'
import { OWNER_KINDS, type Owner } from '../../lib/core/owner.ts'
import type { Decision, Story } from './story.ts'

/** What a person may do now; each has a sentence in `messages/`. */
export type NextStep =
  | 'approve_or_decline'
  | 'can_still_stop'
  | 'pause_to_keep'
  | 'fix_before_redeploy'
  | 'find_the_fault'
  | 'take_back_condemnation'
  | 'owner_may_redeploy'
  | 'hold_the_owner'
  | 'revert_at_the_source'
  | 'apply_the_older_manifest'
  | 'configuration_is_not_undone'
  | 'turn_dry_run_off'
  | 'mode_observes'
  | 'look_at_pods'
  | 'roll_back_by_hand'
  | 'deploy_a_fix'
  | 'roll_back_elsewhere'
  | 'name_the_workload'
  | 'asked_again'
  | 'breaker_is_open'
  | 'resume'
  | 'look_at_new_deploy'
  | 'watch_by_eye'
  | 'bring_the_target_up'

/** In the order in which one would do them. */
export function nextSteps(story: Story): NextStep[] {
  const steps = stepsOf(story)
  const wasUndone = story.rollback?.clocks.undoneAt != null
  if (wasUndone && story.rollback?.condemns) steps.push('take_back_condemnation')
  if (wasUndone) steps.push(ownerIn(story) === null ? 'owner_may_redeploy' : 'revert_at_the_source')
  if (wasUndone && allowedIn(story)['clientApplied'] === true) steps.push('apply_the_older_manifest')
  if (wasUndone || story.kind === 'proposed') steps.push('configuration_is_not_undone')
  return steps
}

function stepsOf(story: Story): NextStep[] {
  switch (story.kind) {
    case 'proposed':
      return ['approve_or_decline']
    case 'beginning':
      return story.rollback?.phase === 'pending' ? ['can_still_stop'] : ['pause_to_keep']
    case 'restoring':
    case 'verifying':
      return ['pause_to_keep']
    case 'succeeded':
      return [afterwards(story)]
    case 'unverified':
      return ['watch_by_eye', afterwards(story)]
    case 'did_not_help':
      return story.rollback?.clocks.restoredAt === null
        ? ['bring_the_target_up', 'roll_back_elsewhere']
        : ['look_at_pods', 'roll_back_elsewhere']
    case 'not_done':
    case 'aborted':
    case 'declined':
    case 'expired':
      return ['look_at_pods', 'roll_back_by_hand']
    case 'superseded':
      return ['look_at_new_deploy']
    case 'simulated':
      return [
        story.decision?.checks.some(isDryRun) ? 'turn_dry_run_off' : 'mode_observes',
        // What is over by itself needs nobody's hand.
        ...(story.episode?.resolvedAt == null ? (['roll_back_by_hand'] as const) : []),
      ]
    case 'held':
    case 'escalated':
      return stepsOfHold(story)
    case 'deciding':
      return ['roll_back_by_hand']
    case 'recovered':
      return ['look_at_pods']
  }
}

/** By hand nothing is condemned unless asked for. */
function afterwards({ rollback }: Story): NextStep {
  return rollback?.condemns ? 'fix_before_redeploy' : 'find_the_fault'
}

function isDryRun({ gate, values }: { gate: string; values: Record<string, unknown> }): boolean {
  return gate === 'control' && values['dryRun'] === true
}

const NO_TARGET: ReadonlySet<string> = new Set(['no_target', 'target_gone', 'target_same', 'target_condemned', 'change_not_material'])

function stepsOfHold({ decision }: Story): NextStep[] {
  if (decision === null) return ['roll_back_by_hand']
  if (decision.reason === 'workload_not_found' || decision.reason === 'workload_ambiguous') return ['name_the_workload']
  if (decision.reason === 'paused' || decision.reason === 'automation_disabled') return ['resume', 'roll_back_by_hand']
  if (isHeldBy(decision, 'budget_spent')) return ['breaker_is_open', 'look_at_pods', 'roll_back_by_hand']
  if (decision.reason === 'owner_reverts') return ['hold_the_owner', 'revert_at_the_source']
  if (NO_TARGET.has(decision.reason)) return ['look_at_pods', 'deploy_a_fix']
  const again: NextStep[] = decision.decideAgainAt === null ? [] : ['asked_again']
  return [...again, 'look_at_pods', 'roll_back_by_hand']
}

/** Who owned the workload when it was decided; null: nobody that was known. */
export function ownerIn(story: Story): Pick<Owner, 'kind' | 'name'> | null {
  const { owner, name } = allowedIn(story)
  const kind = OWNER_KINDS.find((one) => one === owner)
  return kind === undefined || typeof name !== 'string' ? null : { kind, name }
}

/** What gate 10 saw. */
function allowedIn({ decision }: Story): Decision['checks'][number]['values'] {
  return decision?.checks.find(({ gate }) => gate === 'allowed')?.values ?? {}
}
