/**
 * Every reason that a check can give: a closed set. Each has a sentence in `messages/` in every language and
 * a paragraph in `docs/reasons.md`.
 */
export const REASON_CODES = [
  // asked
  'asked',
  'not_asked',
  'recovered_by_itself',
  // workload found
  'workload_found',
  'workload_not_found',
  'workload_ambiguous',
  // a deploy explains it
  'deploy_explains_it',
  'no_deploy_seen',
  'older_than_deploy',
  'outside_attribution_window',
  'change_not_material',
  'new_deploy_while_firing',
  'fires_on_after_deploy',
  'clocks_differ',
  // nothing open
  'nothing_open',
  'rollback_open',
  // target
  'target_good',
  'no_target',
  'target_gone',
  'target_same',
  'target_condemned',
  'target_unproven',
  // no loop
  'no_loop',
  'current_was_rolled_back_to',
  'current_condemned',
  // cooldown
  'not_cooling_down',
  'cooling_down',
  // budget
  'budget_left',
  'budget_spent',
  // not everyone
  'nobody_else',
  'common_cause',
  // allowed
  'allowed',
  'deployment_paused',
  'frozen',
  'irreversible',
  'owner_reverts',
  'owner_reverts_anyway',
  'owner_lets_it_stick',
  // confirmed
  'confirmed',
  'not_confirmed',
  'silenced',
  'too_few_requests',
  // not older
  'not_older',
  'condition_before_deploy',
  'condition_before_unknown',
  // new pods
  'new_pods_alone',
  'older_pods_fail',
  'one_node_fails',
  // accepted
  'accepted',
  'patch_refused',
  'admission_without_dry_run',
  'cache_behind',
  // control
  'control_allows',
  'automation_disabled',
  'paused',
  'mode_off',
  // any gate
  'source_silent',
  'source_not_configured',
  'not_reached',
  'not_asked_by_hand',
  'not_built',
] as const

export type ReasonCode = (typeof REASON_CODES)[number]

/** Reasons that no waiting mends: people are called. */
export const ESCALATING: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'workload_not_found',
  'workload_ambiguous',
  'change_not_material',
  'fires_on_after_deploy',
  'no_target',
  'target_gone',
  'target_condemned',
  'target_unproven',
  'target_same',
  'current_was_rolled_back_to',
  'current_condemned',
])
